import { TRUSTSTORE_PASSWORD } from './tls/truststore.js';
import type { TrustFiles } from './tls/trust-files.js';

/** A program, or a family of them, that is told where the cloud is by its environment. */
export type EmulatorClient = 'node' | 'az' | 'python' | 'java' | 'terraform';

/** Every {@link EmulatorClient}. */
export const EMULATOR_CLIENTS: readonly EmulatorClient[] = ['node', 'az', 'python', 'java', 'terraform'];

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** What the variables of clients are made from. */
export interface ClientSettings {
  /** `https://localhost:PORT` of the emulator. */
  readonly origin: string;
  /** Whether clients go through it as a proxy to Azure's own host names. */
  readonly proxy: boolean;
  readonly files: TrustFiles;
  /** Where the Azure CLI keeps its profile, so that the user's own stays as it is. */
  readonly azureConfigDir: string;
  /** `AZURE_TENANT_ID` and what else says who signs in. */
  readonly identity: Variables;
  /** `AZUREML_ARM_…` of the first workspace. */
  readonly workspace: Variables;
}

/** The variables that one kind of client needs, and no others. */
export function clientVariables(client: EmulatorClient, settings: ClientSettings): Variables {
  return CLIENTS[client](settings);
}

/** The variables of all clients at once, for a child process of which nothing is known. */
export function allVariables(settings: ClientSettings): Variables {
  const { bundle } = settings.files;
  return Object.assign(
    { CURL_CA_BUNDLE: bundle },
    ...EMULATOR_CLIENTS.map((client) => clientVariables(client, settings)),
  ) as Variables;
}

const CLIENTS: Readonly<Record<EmulatorClient, (settings: ClientSettings) => Variables>> = {
  node: (settings) => ({
    ...settings.identity,
    ...settings.workspace,
    ...(settings.proxy
      ? { ...proxyVariables(settings.origin), NODE_USE_ENV_PROXY: '1' }
      : {
          AZURE_AUTHORITY_HOST: settings.origin,
          ARM_CLOUD_METADATA_URL: metadataUrl(settings.origin, '2022-09-01'),
        }),
    NODE_EXTRA_CA_CERTS: settings.files.ca,
  }),
  az: (settings) => ({
    ...(settings.proxy
      ? proxyVariables(settings.origin)
      : {
          // Of an array with one cloud, az takes that one; it checks names with Azure unless it is told not to.
          ARM_CLOUD_METADATA_URL: metadataUrl(settings.origin, '2019-05-01'),
          AZURE_CORE_INSTANCE_DISCOVERY: 'false',
        }),
    ...pythonTrust(settings.files),
    AZURE_CONFIG_DIR: settings.azureConfigDir,
    AZURE_CORE_COLLECT_TELEMETRY: '0',
  }),
  python: (settings) => ({
    ...settings.identity,
    ...settings.workspace,
    ...(settings.proxy ? proxyVariables(settings.origin) : { AZURE_AUTHORITY_HOST: settings.origin }),
    ...pythonTrust(settings.files),
  }),
  java: (settings) => ({
    ...settings.identity,
    ...settings.workspace,
    ...(settings.proxy ? {} : { AZURE_AUTHORITY_HOST: settings.origin }),
    JAVA_TOOL_OPTIONS: javaOptions(settings),
  }),
  terraform: (settings) => ({
    ...terraformIdentity(settings),
    ...(settings.proxy
      ? proxyVariables(settings.origin)
      : { ARM_METADATA_HOSTNAME: new URL(settings.origin).host }),
    SSL_CERT_FILE: settings.files.bundle,
  }),
};

function metadataUrl(origin: string, version: string): string {
  return `${origin}/metadata/endpoints?api-version=${version}`;
}

/** Both cases: curl reads `http_proxy` in lower case only, other programs the other way round. */
function proxyVariables(origin: string): Variables {
  const proxy = `http://127.0.0.1:${portOf(origin)}`;
  const own = 'localhost,127.0.0.1,::1';
  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NO_PROXY: own,
    no_proxy: own,
  };
}

function pythonTrust({ bundle }: TrustFiles): Variables {
  return { SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle };
}

function javaOptions({ origin, proxy, files }: ClientSettings): string {
  const properties: Readonly<Record<string, string>> = {
    ...(proxy
      ? {
          'http.proxyHost': '127.0.0.1',
          'http.proxyPort': portOf(origin),
          'https.proxyHost': '127.0.0.1',
          'https.proxyPort': portOf(origin),
          // What is here by default, and nothing of the user's own.
          'http.nonProxyHosts': 'localhost|127.*|[::1]',
        }
      : {}),
    'javax.net.ssl.trustStore': files.truststore,
    'javax.net.ssl.trustStoreType': 'PKCS12',
    'javax.net.ssl.trustStorePassword': TRUSTSTORE_PASSWORD,
  };
  return Object.entries(properties)
    .map(([name, value]) => quoteOption(`-D${name}=${value}`))
    .join(' ');
}

/** The virtual machine splits the variable at blanks, except within quotes. */
function quoteOption(option: string): string {
  return /\s/.test(option) ? `"${option}"` : option;
}

/** Terraform's provider reads names of its own. */
function terraformIdentity({ identity, workspace }: ClientSettings): Variables {
  const values = {
    ARM_TENANT_ID: identity['AZURE_TENANT_ID'],
    ARM_CLIENT_ID: identity['AZURE_CLIENT_ID'],
    ARM_CLIENT_SECRET: identity['AZURE_CLIENT_SECRET'],
    ARM_SUBSCRIPTION_ID: workspace['AZUREML_ARM_SUBSCRIPTION'],
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function portOf(origin: string): string {
  const { port } = new URL(origin);
  return port === '' ? '443' : port;
}
