import { defineCommand } from '../../define-command.js';
import { OUTPUT_FORMATS, outputFlags, type OutputFlags } from '../../output/output-format.js';
import { textFlag } from '../../settings/text-flag.js';

/** Options of `aml-auth login`. */
export interface LoginFlags extends OutputFlags {
  readonly browser?: boolean | undefined;
  readonly deviceCode?: boolean | undefined;
  readonly servicePrincipal?: boolean | undefined;
  readonly managedIdentity?: boolean | undefined;
  readonly fromAz?: boolean | undefined;
  readonly emulator?: boolean | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly certificateFile?: string | undefined;
  readonly certificatePasswordFile?: string | undefined;
  readonly federated?: 'github' | 'file' | undefined;
  readonly federatedTokenFile?: string | undefined;
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly url?: string | undefined;
  readonly cloud?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly name?: string | undefined;
  readonly insecureStorage: boolean;
}

const optional = (brief: string) => ({ kind: 'boolean', optional: true, withNegated: false, brief }) as const;

/** `aml-auth login`: signs in once, for all later commands. */
export const loginCommand = defineCommand<LoginFlags>({
  brief: 'Sign in, and keep the account for later commands',
  fullDescription:
    'Signs in and makes the account the one that commands use. Without a flag a person signs in: in the browser, or with a code where there is none. Tokens are kept sealed; a client secret never is.',
  examples: [
    'login',
    'login --device-code --tenant contoso.com',
    'login --client-id 00000000-0000-0000-0000-000000000000 --tenant contoso.com --client-secret-file secret.txt',
    'login --managed-identity',
    'login --federated github --client-id 00000000-0000-0000-0000-000000000000 --tenant contoso.com',
    'login --emulator',
  ],
  parameters: {
    flags: {
      browser: optional('Sign a person in in the browser of this machine'),
      deviceCode: optional('Sign a person in with a code on another device'),
      servicePrincipal: optional(
        'Sign in as a service principal; its secret is asked for where no file is named',
      ),
      clientSecretFile: textFlag(
        'File with the client secret, which is read again when it is needed; - for standard input',
        'file|-',
      ),
      certificateFile: textFlag(
        'File with certificate and key of the service principal (PEM or PFX)',
        'file',
      ),
      certificatePasswordFile: textFlag(
        'File with the password of its key (default: AZURE_CLIENT_CERTIFICATE_PASSWORD)',
        'file',
      ),
      federated: {
        kind: 'enum',
        values: ['github', 'file'],
        optional: true,
        brief: 'Sign in as an application that trusts this GitHub Actions job, or a token file',
      },
      federatedTokenFile: textFlag('File with the token that the application trusts', 'file'),
      managedIdentity: optional('Sign in as the managed identity of this machine'),
      fromAz: optional('Use whoever is signed in to the Azure CLI'),
      emulator: optional('Sign in to the emulator that "aml-auth emulator up" runs'),
      url: textFlag('Address of the emulator, where several are running', 'url'),
      tenant: textFlag('Tenant id or domain (default: AZURE_TENANT_ID)', 'id|domain'),
      clientId: textFlag(
        'Client id of the service principal, the managed identity, or the public client that people use',
        'guid',
      ),
      objectId: textFlag('Object id of a user-assigned managed identity', 'guid'),
      resourceId: textFlag('Resource id of a user-assigned managed identity', 'id'),
      cloud: textFlag(
        'AzureCloud, AzureChinaCloud, AzureUSGovernment, or the https URL of a metadata document (default: ARM_CLOUD_METADATA_URL, AZURE_AUTHORITY_HOST)',
        'name|url',
      ),
      loginHint: textFlag('User name that the sign-in page is filled in with', 'name'),
      name: textFlag('What the account is called here (default: its user name or client id)', 'name'),
      insecureStorage: {
        kind: 'boolean',
        default: false,
        brief: 'Keep tokens in the clear where there is no key to seal them with',
      },
      ...outputFlags,
      output: { kind: 'enum', values: OUTPUT_FORMATS, default: 'none', brief: 'How to print the account' },
    },
    aliases: { o: 'output', t: 'tenant' },
  },
  load: async () => (await import('./login.js')).login,
});
