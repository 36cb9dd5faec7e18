import { defaultScope, identityOfToken } from '@aml-auth/core';
import { fromClientCertificate, fromClientSecret } from '@aml-auth/credentials';
import { rotateCredential, type AddedCredential, type Application } from '@aml-auth/rbac';
import type { CliContext } from '../../../../context.js';
import { EXIT } from '../../../../exit-code.js';
import { withSecretFile } from '../../../../files/secret-file.js';
import { startProgress } from '../../../../output/progress.js';
import { openClients } from '../../../../settings/open-clients.js';
import type { SignIn } from '../../../../settings/sign-in.js';
import { required } from '../../../../settings/workspace-flags.js';
import { applicationReference } from '../../application-reference.js';
import { keyRequest } from '../../credential-request.js';
import { secretOf } from '../../credential-view.js';
import { tellCredential } from '../../tell-credential.js';
import type { CredentialRotateFlags } from './command.js';

/** Runs `aml-auth sp credential rotate`. */
export async function rotate(context: CliContext, flags: CredentialRotateFlags, name: string): Promise<void> {
  const credential = keyRequest(flags);
  const known = await openClients(context, flags);
  const tenantId = await tenantOf(context, known);
  await withSecretFile(context.cwd, flags.credentialFile, async (file) => {
    const progress = startProgress(context, context.messages.say.waiting());
    const rotated = await rotateCredential(known.graph, {
      application: applicationReference(name),
      credential,
      replace: flags.replace,
      keepOld: flags.keepOld,
      signal: context.signal,
      onStep: (step) => {
        progress.update(`${step} …`);
      },
      verify: (added, application) => signInWith(context, known, { added, application, tenantId }),
    }).finally(progress.stop);
    const { added, removed, kept, notRemoved } = rotated;
    await tellCredential(context, flags, added, file, {
      removed,
      kept,
      notRemoved: notRemoved.map(({ id }) => id),
    });
    for (const { id, error } of notRemoved) {
      const remedy = `aml-auth sp credential remove ${name} ${id}`;
      context.process.stderr.write(`${context.messages.say.warning(`${id}: ${error.message}`, remedy)}\n`);
    }
    if (notRemoved.length > 0) context.process.exitCode = EXIT.unexpected;
  });
}

/** Microsoft Graph of the caller's tenant was asked, so the application signs in there. */
async function tenantOf({ signal }: CliContext, { credential, cloud }: SignIn): Promise<string> {
  const { token } = await credential.getToken(defaultScope(cloud.graph.audience), { abortSignal: signal });
  return required(
    identityOfToken(token)?.tenantId,
    'tenant',
    'Sign in with an account whose token names one.',
  );
}

interface Fresh {
  readonly added: AddedCredential;
  readonly application: Application;
  readonly tenantId: string;
}

async function signInWith(
  { signal }: CliContext,
  { cloud }: SignIn,
  { added, application, tenantId }: Fresh,
): Promise<void> {
  const who = { tenantId, clientId: application.appId, cloud };
  const proof = secretOf(added) ?? '';
  const credential =
    added.kind === 'secret'
      ? fromClientSecret({ ...who, clientSecret: proof })
      : fromClientCertificate({ ...who, certificate: proof });
  await credential.getToken(defaultScope(cloud.resourceManager.audience), { abortSignal: signal });
}
