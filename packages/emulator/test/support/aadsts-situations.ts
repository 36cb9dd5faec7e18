import type { createExternalIssuer, Emulator } from '@aml-auth/emulator';

import { assertionForm, signAssertion } from './assertion.js';
import { postToken, secretForm } from './emulated.js';
import { ARM_SCOPE, authorizeUrl, AZURE_CLI, byPassword, redeem, tokensOf, VERIFIER } from './user-flows.js';

/** What a situation happens in. */
export interface Stage {
  readonly emulator: Emulator;
  readonly clock: Emulator['clock'];
  readonly issuer: Awaited<ReturnType<typeof createExternalIssuer>>;
}

type Situation = (stage: Stage) => Promise<Response>;

const DAY_MS = 86_400_000;
const GRAPH = 'https://graph.microsoft.com';
const NOBODY = '00000000-0000-4000-8000-00000000dead';

const secret =
  (change: Record<string, string>, options: Parameters<typeof postToken>[2] = {}): Situation =>
  ({ emulator }) =>
    postToken(emulator, { ...secretForm(emulator, 'trainer'), ...change }, options);

const password =
  (user: string, change: Record<string, string> = {}): Situation =>
  ({ emulator }) =>
    postToken(emulator, passwordForm(emulator, user, change));

function passwordForm(
  emulator: Emulator,
  user: string,
  change: Record<string, string> = {},
): Record<string, string> {
  return {
    grant_type: 'password',
    client_id: AZURE_CLI,
    username: `${user}@contoso.onmicrosoft.com`,
    password: `${user}-password`,
    scope: `${ARM_SCOPE} offline_access`,
    ...change,
  };
}

const federated =
  (claims: Record<string, unknown>, by: 'ours' | 'theirs' = 'ours'): Situation =>
  async ({ emulator, issuer, clock }) => {
    const { createExternalIssuer: create } = await import('@aml-auth/emulator');
    const signer = by === 'ours' ? issuer : await create({ issuer: 'https://other.example', clock });
    const assertion = await signer.sign({ sub: 'repo:o/r:ref:refs/heads/main', ...claims });
    return postToken(emulator, assertionForm(emulator, 'ci', assertion));
  };

const certified =
  (wait: number, signer: 'certified' | 'other' = 'certified'): Situation =>
  async ({ emulator, clock }) => {
    const { certificate } = emulator.app(signer);
    const parts =
      signer === 'other' ? { certificate: certificate!, header: foreignHeader(certificate!) } : {};
    const assertion = await signAssertion(emulator, 'certified', clock.now(), parts);
    clock.advance(wait);
    return postToken(emulator, assertionForm(emulator, 'certified', assertion));
  };

const foreignHeader = ({
  thumbprintSha256,
}: {
  readonly thumbprintSha256: string;
}): Record<string, string> => ({
  'x5t#S256': Buffer.from(thumbprintSha256, 'hex').toString('base64url'),
});

/** Redeems a code in some way. */
const code =
  (act: (stage: Stage, code: string) => Promise<Response>): Situation =>
  async (stage) => {
    const { emulator } = stage;
    const { fields } = await emulator.signIn({ upn: 'alice@contoso', url: authorizeUrl(emulator) });
    return act(stage, fields['code']!);
  };

const refresh = (emulator: Emulator, token: string, client = AZURE_CLI): Promise<Response> =>
  postToken(emulator, { grant_type: 'refresh_token', client_id: client, refresh_token: token });

const refreshed =
  (user: string, act: (stage: Stage) => void): Situation =>
  async (stage) => {
    const { refresh_token: token } = await byPassword(stage.emulator, `${user}@contoso`);
    act(stage);
    return refresh(stage.emulator, token);
  };

async function device(emulator: Emulator): Promise<{ device_code: string; user_code: string }> {
  const fields = { client_id: AZURE_CLI, scope: ARM_SCOPE };
  const response = await postToken(emulator, fields, { path: 'oauth2/v2.0/devicecode' });
  return (await response.json()) as { device_code: string; user_code: string };
}

const poll = (emulator: Emulator, deviceCode: string): Promise<Response> =>
  postToken(emulator, { grant_type: 'device_code', client_id: AZURE_CLI, device_code: deviceCode });

/** A service gets a token of a user's call, and asks for one for Azure. */
const onBehalfOf =
  (audience: 'own' | 'other', wait: number): Situation =>
  async ({ emulator, clock }) => {
    const { clientId, secret: proof = '' } = emulator.app('api');
    const scope = audience === 'own' ? `api://${clientId}/.default` : `${GRAPH}/.default`;
    const { access_token: assertion } = await byPassword(emulator, 'alice@contoso', { scope });
    clock.advance(wait);
    return postToken(emulator, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: clientId,
      client_secret: proof,
      assertion,
      scope: ARM_SCOPE,
    });
  };

async function spaToken({ emulator, clock }: Stage): Promise<Response> {
  const { clientId } = emulator.app('page');
  const redirect = 'https://page.example/';
  const url = authorizeUrl(emulator, { client_id: clientId, redirect_uri: redirect });
  const { fields } = await emulator.signIn({ upn: 'alice@contoso', url });
  const change = { client_id: clientId, redirect_uri: redirect };
  const { refresh_token: token } = await tokensOf(redeem(emulator, fields['code']!, change));
  clock.advance(DAY_MS / 2);
  const again = await tokensOf(refresh(emulator, token, clientId));
  clock.advance(DAY_MS / 2);
  return refresh(emulator, again.refresh_token, clientId);
}

/** An application sends its user to sign in again as soon as the user is back. */
async function loop({ emulator }: Stage): Promise<Response> {
  const { origin } = emulator;
  let response = await emulator.fetch(authorizeUrl(emulator), { redirect: 'manual' });
  for (const step of ['account', 'password']) {
    const ctx = /name="ctx" value="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    const fields = { ctx, step, action: 'next', ...passwordForm(emulator, 'alice') };
    response = await emulator.fetch(`${origin}/common/login`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  }
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  for (let round = 0; round <= 20; round += 1) {
    response = await emulator.fetch(authorizeUrl(emulator), { headers: { cookie }, redirect: 'manual' });
  }
  return response;
}

const page = ({ emulator }: Stage, change: Record<string, string>, tenant?: string): Promise<Response> =>
  emulator.fetch(authorizeUrl(emulator, change, tenant === undefined ? {} : { tenant }), {
    redirect: 'manual',
  });

/** The situation that leads to an error, by its number. */
export const SITUATIONS: Readonly<Record<number, Situation>> = {
  7000215: secret({ client_secret: 'wrong' }),
  7000222: secret({ client_secret: 'old' }),
  7000218: secret({ client_secret: '' }),
  700016: secret({ client_id: NOBODY }),
  700038: secret({ client_id: 'trainer' }),
  90002: ({ emulator }) =>
    emulator.fetch(`${emulator.origin}/nowhere.example/v2.0/.well-known/openid-configuration`),
  500011: secret({ scope: 'https://unknown.example/.default' }),
  70003: secret({ grant_type: 'x' }),
  1002012: secret({ scope: 'https://management.azure.com/user_impersonation' }),
  70011: secret({ scope: 'https://management.azure.com/.default https://graph.microsoft.com/.default' }),
  700027: certified(0, 'other'),
  700024: certified(3_600_000),
  700213: federated({ sub: 'someone' }),
  700211: federated({}, 'theirs'),
  700212: federated({ aud: 'api://elsewhere' }),
  50034: password('nobody'),
  50126: password('alice', { password: 'wrong' }),
  50053: password('locked'),
  50055: password('expired'),
  50057: password('disabled'),
  50076: password('factor'),
  50079: password('unenrolled'),
  50158: password('challenged'),
  53000: password('uncompliant'),
  53001: password('joined'),
  53003: password('blocked'),
  50105: (stage) => password('alice', { client_id: stage.emulator.app('gated').clientId })(stage),
  65001: (stage) =>
    password('alice', { client_id: stage.emulator.app('notebook').clientId, scope: `${GRAPH}/Mail.Read` })(
      stage,
    ),
  50173: refreshed('alice', ({ emulator }) => {
    emulator.revokeRefreshTokens('alice@contoso');
  }),
  700082: refreshed('alice', ({ clock }) => {
    clock.advance(90 * DAY_MS);
  }),
  70043: refreshed('hourly', ({ clock }) => {
    clock.advance(3_601_000);
  }),
  700084: spaToken,
  54005: code(async ({ emulator }, text) => {
    await redeem(emulator, text);
    return redeem(emulator, text);
  }),
  70008: code(({ emulator, clock }, text) => {
    clock.advance(600_000);
    return redeem(emulator, text);
  }),
  501481: code(({ emulator }, text) => redeem(emulator, text, { code_verifier: `${VERIFIER}x` })),
  50011: (stage) => page(stage, { redirect_uri: 'https://evil.example/' }),
  500131: onBehalfOf('other', 0),
  500133: onBehalfOf('own', 3_600_000),
  70016: async ({ emulator }) => poll(emulator, (await device(emulator)).device_code),
  70018: ({ emulator }) => poll(emulator, 'x'),
  70019: async ({ emulator, clock }) => {
    const { user_code: userCode } = await device(emulator);
    clock.advance(900_000);
    const body = new URLSearchParams({ user_code: userCode });
    return emulator.fetch(`${emulator.origin}/devicelogin`, { method: 'POST', body });
  },
  70020: async ({ emulator, clock }) => {
    const { device_code: deviceCode } = await device(emulator);
    clock.advance(900_000);
    return poll(emulator, deviceCode);
  },
  90133: ({ emulator }) =>
    postToken(
      emulator,
      { client_id: AZURE_CLI, scope: ARM_SCOPE },
      { tenant: 'common', path: 'oauth2/v2.0/devicecode' },
    ),
  50194: ({ emulator }) =>
    postToken(emulator, passwordForm(emulator, 'alice', { client_id: emulator.app('notebook').clientId }), {
      tenant: 'common',
    }),
  50020: async ({ emulator }) => {
    const { refresh_token: token } = await byPassword(
      emulator,
      'carol@fabrikam',
      {},
      {
        tenant: emulator.tenant('fabrikam').id,
      },
    );
    return refresh(emulator, token);
  },
  50196: loop,
};
