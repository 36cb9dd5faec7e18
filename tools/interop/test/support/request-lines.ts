import type { Emulator, Exchange } from '@aml-auth/emulator';

/** Requests that ask for tokens, or for what a client needs to ask for them. */
export const SIGN_IN = /\/(oauth2|\.well-known|discovery|metadata)\b/;
const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * Each request of Azure Resource Manager and Microsoft Graph on a line: method, path, filter, and the fields of the
 * body. Ids, which differ from run to run, are left out.
 */
export function requestLines(emulator: Emulator, exchanges: readonly Exchange[]): readonly string[] {
  return exchanges.filter(({ path }) => !SIGN_IN.test(path)).map((exchange) => lineOf(emulator, exchange));
}

function lineOf(emulator: Emulator, { method, path, request }: Exchange): string {
  const [where = '', query = ''] = path.split('?');
  const filter = new URLSearchParams(query).get('$filter');
  const short = decodeURIComponent(where)
    .replace(emulator.workspace().id, '{workspace}')
    .replace(`/subscriptions/${emulator.subscription().id}`, '{subscription}')
    .replace('/providers/Microsoft.Authorization/', '/')
    .replace(/^\/graph\/v1\.0|^\/v1\.0/, 'graph:')
    .replaceAll(GUID, '{id}');
  const asked = filter === null ? '' : ` where ${filter.replaceAll(GUID, '{id}')}`;
  const body = request.body === undefined || request.body === '' ? '' : ` ${fieldsOf(request.body)}`;
  return `${method} ${short}${asked}${body}`;
}

function fieldsOf(body: string): string {
  const given = JSON.parse(body) as Record<string, unknown>;
  const fields = (given['properties'] ?? given) as Record<string, unknown>;
  return `{${Object.keys(fields).sort().join(', ')}}`;
}
