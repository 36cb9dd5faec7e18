import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, test } from 'vitest';

import { postToken } from '../support/emulated.js';
import {
  authorizeUrl,
  ARM_SCOPE,
  AZURE_CLI,
  byPassword,
  redeem,
  tokensOf,
  USER_SEED,
  type UserTokens,
} from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const HOUR_MS = 3_600_000;
const clock = manualClock();
const [contoso, ...others] = USER_SEED.tenants;
const emulated = withEmulator({
  clock,
  seed: {
    ...USER_SEED,
    tenants: [
      {
        ...contoso!,
        conditionalAccess: [
          { name: 'twice a day', users: ['all'], apps: ['arm'], signInFrequency: '12h' },
          { name: 'weekly', users: ['all'], apps: ['graph'], signInFrequency: '7d' },
          { name: 'always', users: ['all'], apps: ['machine-learning'], signInFrequency: 'every-time' },
        ],
      },
      ...others,
    ],
  },
});

const refresh = (token: string, scope = ARM_SCOPE): Promise<UserTokens> =>
  tokensOf(
    postToken(emulated(), { grant_type: 'refresh_token', client_id: AZURE_CLI, refresh_token: token, scope }),
  );

describe('a refresh token of a sign-in that is too old', () => {
  test('is refused, with the time of the sign-in and the limit in seconds', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    const signedIn = new Date(clock.now()).toISOString();
    clock.advance(12 * HOUR_MS);
    expect(await refresh(token)).toHaveProperty('access_token');
    clock.advance(1);
    const refused = await refresh(token);
    expect(refused).toMatchObject({ error: 'invalid_grant', suberror: 'bad_token', error_codes: [70043] });
    expect(refused.error_description).toContain(
      `The token was issued on ${signedIn} and the maximum allowed lifetime for this request is 43200.`,
    );
    expect(refused).not.toHaveProperty('claims');
  });

  test('stays too old, however often it was refreshed in between', async () => {
    let { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    for (let hours = 0; hours < 12; hours += 6) {
      clock.advance(6 * HOUR_MS);
      ({ refresh_token: token } = await refresh(token));
    }
    clock.advance(HOUR_MS);
    expect((await refresh(token)).error_codes).toEqual([70043]);
  });

  test('still serves resources with a longer limit', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    clock.advance(6 * 24 * HOUR_MS);
    expect(await refresh(token, 'https://graph.microsoft.com/.default')).toHaveProperty('access_token');
    expect((await refresh(token)).error_codes).toEqual([70043]);
  });

  test('leaves five minutes to what wants a sign-in every time', async () => {
    const { refresh_token: token } = await byPassword(emulated(), 'alice@contoso');
    const ml = 'https://ml.azure.com/.default';
    clock.advance(300_000);
    expect(await refresh(token, ml)).toHaveProperty('access_token');
    clock.advance(1);
    expect((await refresh(token, ml)).error_codes).toEqual([70043]);
  });
});

test('signing in again on the pages satisfies the policy', async () => {
  await byPassword(emulated(), 'alice@contoso');
  clock.advance(24 * HOUR_MS);
  const { fields } = await emulated().signIn({ upn: 'alice@contoso', url: authorizeUrl(emulated()) });
  const { refresh_token: token } = await tokensOf(redeem(emulated(), fields['code']!));
  clock.advance(12 * HOUR_MS);
  expect(await refresh(token)).toHaveProperty('access_token');
});

test('a device counts from when its user approved', async () => {
  const form = { client_id: AZURE_CLI, scope: `${ARM_SCOPE} offline_access` };
  const started = await postToken(emulated(), form, { path: 'oauth2/v2.0/devicecode' });
  const device = (await started.json()) as { device_code: string; user_code: string };
  emulated().approveDeviceCode(device.user_code, 'alice@contoso');
  const poll = { grant_type: 'device_code', client_id: AZURE_CLI, device_code: device.device_code };
  const { refresh_token: token } = await tokensOf(postToken(emulated(), poll));
  clock.advance(12 * HOUR_MS + 1);
  expect((await refresh(token)).error_codes).toEqual([70043]);
});
