import type { OutputFlags } from '../output/output-format.js';

/** The flags with which every command that signs in can be told who signs in, and where. */
export interface SignInFlags {
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly cloud?: string | undefined;
}

/** The flags of a command that signs in and prints data. */
export type DataFlags = SignInFlags & OutputFlags;

const text = (value: string): string => value;

/** How {@link SignInFlags} are parsed. */
export const signInFlags = {
  tenant: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'Tenant id or domain (default: AZURE_TENANT_ID)',
    placeholder: 'id|domain',
  },
  clientId: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'Application (client) id of the service principal (default: AZURE_CLIENT_ID)',
    placeholder: 'guid',
  },
  clientSecretFile: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'File with the client secret, - for standard input (default: AZURE_CLIENT_SECRET)',
    placeholder: 'file|-',
  },
  cloud: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief:
      'AzureCloud, AzureChinaCloud, AzureUSGovernment, or the https URL of a metadata document (default: ARM_CLOUD_METADATA_URL, AZURE_AUTHORITY_HOST)',
    placeholder: 'name|url',
  },
} as const;
