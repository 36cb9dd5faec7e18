import type { OutputFlags } from '../output/output-format.js';
import { proposeAccounts } from '../accounts/propose-accounts.js';
import { textFlag } from './text-flag.js';

/** The flags with which every command that signs in can be told who signs in, and where. */
export interface SignInFlags {
  readonly account?: string | undefined;
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly cloud?: string | undefined;
}

/** The flags of a command that signs in and prints data. */
export type DataFlags = SignInFlags & OutputFlags;

/** How {@link SignInFlags} are parsed. */
export const signInFlags = {
  account: {
    ...textFlag('Account of "aml-auth account list" (default: AML_AUTH_ACCOUNT, the current one)', 'name'),
    proposeCompletions: proposeAccounts,
  },
  tenant: textFlag('Tenant id or domain (default: AZURE_TENANT_ID)', 'id|domain'),
  clientId: textFlag('Application (client) id of the service principal (default: AZURE_CLIENT_ID)', 'guid'),
  clientSecretFile: textFlag(
    'File with the client secret, - for standard input (default: AZURE_CLIENT_SECRET)',
    'file|-',
  ),
  cloud: textFlag(
    'AzureCloud, AzureChinaCloud, AzureUSGovernment, or the https URL of a metadata document (default: ARM_CLOUD_METADATA_URL, AZURE_AUTHORITY_HOST)',
    'name|url',
  ),
} as const;
