import type { Account, AccountMethod, Accounts } from './account.js';

const METHODS: ReadonlySet<string> = new Set<AccountMethod>([
  'browser',
  'deviceCode',
  'clientSecret',
  'clientCertificate',
  'federated',
  'managedIdentity',
  'azureCli',
  'emulator',
]);

/** Reads what {@link formatAccounts} wrote; undefined for anything else. */
export function parseAccounts(content: Readonly<Record<string, unknown>>): Accounts | undefined {
  const { version, current, accounts } = content;
  if (version !== 1 || !Array.isArray(accounts)) return undefined;
  if (current !== undefined && typeof current !== 'string') return undefined;
  return accounts.every(isAccount) ? { current, accounts } : undefined;
}

/** The accounts as they are written. */
export function formatAccounts({ current, accounts }: Accounts): object {
  return { version: 1, ...(current === undefined ? {} : { current }), accounts };
}

function isAccount(value: unknown): value is Account {
  if (!isRecord(value)) return false;
  const { name, id, method, cloud, source, signedInAt, ...optional } = value;
  const texts = ['tenantId', 'clientId', 'kind', 'userName', 'objectId', 'subscription'];
  return (
    [name, id, signedInAt].every((text) => typeof text === 'string' && text !== '') &&
    typeof method === 'string' &&
    METHODS.has(method) &&
    isCloud(cloud) &&
    isRecord(source) &&
    Object.values(source).every((text) => typeof text === 'string') &&
    texts.every((key) => optional[key] === undefined || typeof optional[key] === 'string')
  );
}

/** Hosts that tokens and secrets go to: https only, whatever stands in the file. */
function isCloud(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, authorityHost, resourceManager, graph, machineLearning, portal } = value;
  const isHttps = (url: unknown): boolean => typeof url === 'string' && URL.parse(url)?.protocol === 'https:';
  const isService = (service: unknown): boolean =>
    isRecord(service) && isHttps(service['endpoint']) && typeof service['audience'] === 'string';
  return (
    typeof name === 'string' &&
    isHttps(authorityHost) &&
    isService(resourceManager) &&
    isService(graph) &&
    isRecord(machineLearning) &&
    typeof machineLearning['audience'] === 'string' &&
    typeof portal === 'string'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
