import { join } from 'node:path';
import type { TokenIdentity } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';
import { fingerprint } from '../lib/fingerprint.js';
import type { Environment } from '../lib/settings.js';

/** Whose session of the Azure CLI. */
export interface AzAccount {
  readonly env: Environment;
  readonly tenantId: string;
  readonly subscription: string;
}

/** The Azure CLI's own application. */
const AZ_CLIENT_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/**
 * The identity behind `az`, as a function that answers with another object when the session has
 * changed. The CLI rewrites its profile on `az login`, `az logout` and `az account set`; time, size and
 * place of that file tell it. Looking costs microseconds, starting `az` half a second.
 */
export function azSession({ env, tenantId, subscription }: AzAccount): () => TokenIdentity {
  const profile = profilePath(env);
  let seen: string | undefined;
  let identity: TokenIdentity | undefined;
  return () => {
    const state = stateOf(profile);
    if (identity === undefined || state !== seen) {
      seen = state;
      identity = {
        authorityHost: 'azure-cli',
        tenantId,
        clientId: AZ_CLIENT_ID,
        fingerprint: fingerprint('azure-cli', profile, state, tenantId, subscription),
      };
    }
    return identity;
  };
}

/** The file that the CLI rewrites whenever its session changes. */
export function profilePath(env: Environment): string {
  return join(configFolder(env), 'azureProfile.json');
}

/** An empty variable counts as absent, as it does for `az`. */
function configFolder({ AZURE_CONFIG_DIR: folder }: Environment): string {
  return folder === undefined || folder === '' ? join(builtins.os.homedir(), '.azure') : folder;
}

function stateOf(path: string): string {
  const stats = builtins.fs.statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? 'none' : [stats.mtimeNs, stats.size, stats.ino].join('|');
}
