import { resolve } from 'node:path';
import { AmlAuthError, type Credential } from '@aml-auth/core';
import * as credentials from '@aml-auth/credentials';
import type { CliContext } from '../context.js';
import { readClientSecret } from '../settings/read-client-secret.js';
import { accountIdentity } from './account-identity.js';
import { accountStore } from './account-store.js';
import type { Account } from './account.js';
import { byCertificate } from './by-certificate.js';
import { emulatorApplication } from './emulator-application.js';
import { sessionStore } from './session-store.js';

/** The credential that fetches tokens for the account. A module of its own: it brings every sign-in method along. */
export async function openMethod(context: CliContext, account: Account): Promise<Credential> {
  const { env } = context.process;
  const { cloud, source, method } = account;
  switch (method) {
    case 'browser':
    case 'deviceCode': {
      const { tenantId, clientId, plaintext } = account;
      const session = sessionStore(accountStore(env, plaintext), accountIdentity(account));
      return signInAgain(
        credentials.fromUserSession({
          cloud,
          session,
          tenantId,
          clientId,
          additionallyAllowedTenants: ['*'],
        }),
        account,
      );
    }
    case 'clientSecret': {
      if (source.secretFile === undefined) throw secretIsGone(account);
      const { tenantId, clientId } = applicationOf(account);
      const clientSecret = await readClientSecret({
        file: resolve(context.cwd, source.secretFile),
        variable: undefined,
        readStdin: context.readStdin,
      });
      return credentials.fromClientSecret({ cloud, tenantId, clientId, clientSecret: clientSecret ?? '' });
    }
    case 'clientCertificate':
      return byCertificate(context, { cloud, ...applicationOf(account) }, source);
    case 'federated':
      return source.federation === 'github'
        ? credentials.fromGitHubActions({ cloud, ...applicationOf(account), env })
        : credentials.fromWorkloadIdentity({
            cloud,
            ...applicationOf(account),
            tokenFilePath: source.tokenFile,
            env,
          });
    case 'managedIdentity': {
      const { objectId, resourceId } = source;
      const clientId = objectId !== undefined || resourceId !== undefined ? undefined : account.clientId;
      return credentials.fromManagedIdentity({ cloud, clientId, objectId, resourceId, env });
    }
    case 'azureCli':
      return credentials.fromAzureCli({ cloud, tenantId: account.tenantId, env });
    case 'emulator': {
      const { tenantId, clientId, clientSecret } = await emulatorApplication(env, source.origin);
      return credentials.fromClientSecret({ cloud, tenantId, clientId, clientSecret });
    }
  }
}

function applicationOf({ tenantId = '', clientId = '' }: Account): { tenantId: string; clientId: string } {
  return { tenantId, clientId };
}

/** A session that has ended says what to type, not which function to call. */
function signInAgain(credential: Credential, { name, method }: Account): Credential {
  return {
    describe: () => credential.describe(),
    async getToken(scopes, options) {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        if (!(error instanceof AmlAuthError) || error.code !== 'AML_INTERACTION_REQUIRED') throw error;
        const flag = method === 'deviceCode' ? ' --device-code' : '';
        throw new AmlAuthError({
          code: error.code,
          message: `The sign-in of the account ${name} has ended: ${error.message}`,
          remedy: `Run: aml-auth login${flag} --name ${name}`,
          aadsts: error.aadsts,
          correlation: error.correlation,
          claims: error.claims,
          cause: error,
        });
      }
    },
  };
}

function secretIsGone({ name, clientId = '' }: Account): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message: `The tokens of the account ${name} have expired, and its client secret is not kept.`,
    remedy: `Run: aml-auth login --service-principal --client-id ${clientId} --client-secret-file <file>`,
  });
}
