import type { Emulator } from '@aml-auth/emulator';

/** What the administration interface answered. */
export interface AdminAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Calls the administration interface as a program does. */
export async function callAdmin<T = Readonly<Record<string, unknown>>>(
  emulator: Emulator,
  route: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<AdminAnswer<T>> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await emulator.fetch(`${emulator.origin}/_emu/api/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const value = (text === '' ? undefined : JSON.parse(text)) as T;
  return { status: response.status, headers: response.headers, body: value };
}
