import type { Emulator } from '@aml-auth/emulator';

/** Azure CLI's application; it is in every tenant. */
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

const ARM = 'https://management.azure.com/.default';

/** Asks the token endpoint as an application of the seed. */
export function askToken(
  emulator: Emulator,
  name: string,
  more: Record<string, string> = {},
): Promise<Response> {
  const { tenantId, clientId, secret = '' } = emulator.app(name);
  return emulator.fetch(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: ARM,
      ...more,
    }),
  });
}

/** An access token of an application for Azure Resource Manager. */
export async function tokenOf(emulator: Emulator, name: string): Promise<string> {
  const { access_token: token } = (await (await askToken(emulator, name)).json()) as { access_token: string };
  return token;
}

/** The time at which a token ends, in milliseconds since the epoch. */
export function endOf(token: string): number {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return (claims as { exp: number }).exp * 1000;
}

/** Calls the workspace of the seed. */
export async function callWorkspace(emulator: Emulator, name: string, method: string): Promise<Response> {
  const url = `${emulator.origin}${emulator.workspace().id}?api-version=2024-10-01`;
  return emulator.fetch(url, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(emulator, name)}` },
  });
}

/** Starts the device code flow and returns what the device shows, and a way to poll. */
export async function startDevice(
  emulator: Emulator,
): Promise<{ readonly userCode: string; readonly poll: () => Promise<Record<string, unknown>> }> {
  const ask = async (path: string, fields: Record<string, string>): Promise<Record<string, unknown>> => {
    const response = await emulator.fetch(`${emulator.origin}/${emulator.tenant().id}/oauth2/v2.0/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: AZURE_CLI, ...fields }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const started = await ask('devicecode', { scope: ARM });
  const poll = () => ask('token', { grant_type: 'device_code', device_code: String(started['device_code']) });
  return { userCode: String(started['user_code']), poll };
}
