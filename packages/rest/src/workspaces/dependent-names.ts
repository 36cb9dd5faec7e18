/** Names of what a workspace needs beside it. */
export interface DependentNames {
  readonly storageAccount: string;
  readonly keyVault: string;
  readonly logs: string;
  readonly applicationInsights: string;
}

const DIGITS = 10;

/**
 * Names that follow from the workspace, so that a second attempt finds what the first one made. Those of
 * storage accounts (3 to 24 small letters and digits) and key vaults (3 to 24, a letter first) are unique in the world,
 * which is what the digest is for.
 *
 * @param digest - of the id of the workspace: 10 or more hexadecimal digits
 */
export function dependentNames(workspaceName: string, digest: string): DependentNames {
  const end = digest.slice(0, DIGITS);
  const plain = workspaceName.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  const dashed = workspaceName.toLowerCase().replaceAll('_', '-');
  return {
    storageAccount: `st${plain.slice(0, 12)}${end}`,
    keyVault: `kv-${plain.slice(0, 10)}${end}`,
    logs: `${dashed}-logs-${end}`,
    applicationInsights: `${dashed}-insights-${end}`,
  };
}
