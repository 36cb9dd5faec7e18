import type { Emulator, Exchange } from '@aml-auth/emulator';

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * A request to Azure in one line: method, path, `$filter` and the fields of the body. What differs from run to run is
 * left out. Undefined for requests to sign in.
 */
export function requestLine(emulator: Emulator, { method, path, request }: Exchange): string | undefined {
  if (/\/(oauth2|\.well-known|discovery|metadata)\b/.test(path)) return undefined;
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

/** The names in a body, those within `properties` and `passwordCredential` for those two. */
function fieldsOf(body: string): string {
  const given = JSON.parse(body) as Record<string, unknown>;
  const fields = (given['properties'] ?? given['passwordCredential'] ?? given) as Record<string, unknown>;
  return `{${Object.keys(fields).sort().join(', ')}}`;
}
