import { inspect } from 'node:util';
import type { Logger, LogEvent } from '@aml-auth/core';
import { fromDeviceCode, type DeviceCodeOptions, type DeviceCodePrompt } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eagerClock } from '../support/eager-clock.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      tenants: [
        {
          name: 'contoso',
          users: [
            { upn: 'alice@contoso', password: 'Pa55w0rd!' },
            { upn: 'bob@contoso', password: 'Pa55w0rd!' },
          ],
        },
        { name: 'fabrikam', users: [{ upn: 'carol@fabrikam', password: 'Pa55w0rd!' }] },
      ],
    },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** A credential with what it did; each prompt is answered by the next of the answers, later ones by the last. */
function subject(
  answers: readonly ((prompt: DeviceCodePrompt) => unknown)[],
  more: Partial<DeviceCodeOptions> = {},
) {
  const clock = eagerClock();
  const prompts: DeviceCodePrompt[] = [];
  const credential = fromDeviceCode({
    cloud: emulator.cloud,
    clock,
    fetch: clock.fetch,
    onPrompt(prompt) {
      prompts.push(prompt);
      return answers[Math.min(prompts.length, answers.length) - 1]?.(prompt);
    },
    ...more,
  });
  const grants = (): (string | null)[] => clock.requests.map(({ form }) => form.get('grant_type'));
  return { credential, clock, prompts, grants };
}

const as =
  (upn: string) =>
  ({ userCode }: DeviceCodePrompt): void => {
    emulator.approveDeviceCode(userCode, upn);
  };
const never = (): void => undefined;
const REFRESH = 'refresh_token';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

describe('fromDeviceCode', () => {
  it('signs a person in who enters the code', async () => {
    const { credential, prompts, clock } = subject([as('alice@contoso')]);
    const { token } = await credential.getToken(ARM);
    expect(decodeJwt(token)).toMatchObject({
      oid: emulator.user('alice@contoso').id,
      aud: 'https://management.azure.com',
    });
    expect(prompts).toMatchObject([
      { verificationUri: `${emulator.origin}/devicelogin`, intervalMs: clock.waits[0] },
    ]);
    expect(prompts[0]?.message).toContain(prompts[0]?.userCode);
    expect(prompts[0]?.expiresOn).toBeGreaterThan(clock.now());
    expect(clock.requests.map(({ url }) => new URL(url).origin)).toEqual([emulator.origin, emulator.origin]);
  });

  it('asks once for callers at the same time, also for other resources', async () => {
    const { credential, prompts, grants } = subject([as('alice@contoso')]);
    const tokens = await Promise.all([ARM, AML, ARM, AML].map((scope) => credential.getToken(scope)));
    expect(tokens.map(({ token }) => decodeJwt(token).aud)).toEqual([
      'https://management.azure.com',
      'https://ml.azure.com',
      'https://management.azure.com',
      'https://ml.azure.com',
    ]);
    expect(prompts).toHaveLength(1);
    expect(grants()).toEqual([null, DEVICE, REFRESH]);
  });

  it('renews an expired token without the person', async () => {
    const { credential, prompts, clock, grants } = subject([as('alice@contoso')]);
    const first = await credential.getToken(ARM);
    clock.advance(first.expiresOnTimestamp - clock.now());
    expect((await credential.getToken(ARM)).token).not.toBe(first.token);
    expect(prompts).toHaveLength(1);
    expect(grants().at(-1)).toBe(REFRESH);
  });

  it('asks the authority of another tenant for its token', async () => {
    const { credential, clock } = subject([as('carol@fabrikam')]);
    await credential.getToken(ARM);
    const tenantId = emulator.tenant('fabrikam').id;
    expect(decodeJwt((await credential.getToken(ARM, { tenantId })).token)['tid']).toBe(tenantId);
    expect(clock.requests.at(-1)?.url).toBe(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`);
    const own = subject([never], { tenantId: emulator.tenant('contoso').id });
    await expect(own.credential.getToken(ARM, { tenantId })).rejects.toMatchObject({
      code: 'AML_CONFIG_INVALID',
    });
    expect(own.clock.requests).toEqual([]);
  });

  it('sends a claims challenge once', async () => {
    const { credential, clock } = subject([as('alice@contoso')]);
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    const first = await credential.getToken(ARM);
    const second = await credential.getToken(ARM, { claims });
    await credential.getToken(AML);
    expect(second.token).not.toBe(first.token);
    expect((await credential.getToken(ARM)).token).toBe(second.token);
    expect(clock.requests.slice(2).map(({ form }) => form.get('claims'))).toEqual([claims, null]);
  });

  it('waits longer each time it is told to slow down', async () => {
    let polls = 0;
    const { credential, clock, prompts } = subject([never], {
      fetch: async (input, init) => {
        const userCode = prompts[0]?.userCode;
        if (userCode !== undefined) {
          polls += 1;
          if (polls < 3) emulator.slowDownDeviceCode(userCode);
          else emulator.approveDeviceCode(userCode, 'alice@contoso');
        }
        return clock.fetch(input, init);
      },
    });
    await credential.getToken(ARM);
    expect(clock.waits).toEqual([5_000, 10_000, 15_000]);
  });

  it('says that the person declined', async () => {
    const { credential } = subject([({ userCode }) => emulator.declineDeviceCode(userCode)]);
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      message: expect.stringContaining('declined') as string,
    });
  });

  it('ends at the time limit, and when the code does', async () => {
    const limited = subject([never], { timeLimitMs: 12_000 });
    await expect(limited.credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
    expect(limited.clock.waits).toEqual([5_000, 5_000, 2_000]);
    const whole = subject([never]);
    await expect(whole.credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_TIMEOUT' });
    expect(whole.clock.waits.reduce((sum, ms) => sum + ms, 0)).toBe(900_000);
  });

  it('goes on for the others when one caller cancels, and stops when all have', async () => {
    const one = new AbortController();
    const { credential, prompts } = subject([
      (prompt) => {
        one.abort();
        as('alice@contoso')(prompt);
      },
    ]);
    const gone = credential.getToken(ARM, { abortSignal: one.signal });
    const stays = credential.getToken(AML);
    await expect(gone).rejects.toMatchObject({ code: 'AML_CANCELLED' });
    expect(decodeJwt((await stays).token).aud).toBe('https://ml.azure.com');
    expect(prompts).toHaveLength(1);

    const all = new AbortController();
    const alone = subject([() => all.abort()]);
    await expect(alone.credential.getToken(ARM, { abortSignal: all.signal })).rejects.toMatchObject({
      code: 'AML_CANCELLED',
    });
    expect(alone.grants()).toEqual([null]);
  });

  it('ends with the error of a prompt that cannot be shown', async () => {
    const { credential } = subject([() => Promise.reject(new Error('no terminal'))]);
    await expect(credential.getToken(ARM)).rejects.toThrow('no terminal');
  });

  it('asks once more when the session was revoked, but takes no other account', async () => {
    const { credential, prompts } = subject([as('alice@contoso'), as('alice@contoso'), as('bob@contoso')]);
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('alice@contoso');
    await Promise.all([
      credential.getToken(AML),
      credential.getToken(`https://graph.microsoft.com/.default`),
    ]);
    expect(prompts).toHaveLength(2);
    emulator.revokeRefreshTokens('alice@contoso');
    await expect(credential.getToken(ARM, { claims: '{"access_token":{}}' })).rejects.toMatchObject({
      code: 'AML_IDENTITY_MISMATCH',
    });
    expect(prompts).toHaveLength(3);
  });

  it('asks nobody for a refresh in the background: the old token is still served', async () => {
    const nothing = (): void => undefined;
    let logger: Logger | undefined;
    const refused = new Promise<void>((resolve) => {
      const warn = ({ event }: LogEvent): void => {
        if (event === 'token.refresh.failed') resolve();
      };
      logger = { debug: nothing, info: nothing, error: nothing, warn };
    });
    const { credential, clock, prompts } = subject([as('alice@contoso')], { logger });
    const first = await credential.getToken(ARM);
    emulator.revokeRefreshTokens('alice@contoso');
    clock.advance(50 * 60_000);
    expect(await credential.getToken(ARM)).toBe(first);
    await refused;
    expect(prompts).toHaveLength(1);
  });

  it('does not ask again where that is switched off', async () => {
    const { credential, prompts } = subject([as('bob@contoso')], { promptAgain: false });
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('bob@contoso');
    await expect(credential.getToken(AML)).rejects.toMatchObject({ code: 'AML_INTERACTION_REQUIRED' });
    expect(prompts).toHaveLength(1);
  });

  it('names another method where Conditional Access blocks the flow', async () => {
    const body = {
      error: 'invalid_grant',
      error_description: 'AADSTS53003: Access has been blocked by Conditional Access policies.',
      error_codes: [53003],
    };
    const { credential } = subject([never], {
      fetch: () => Promise.resolve(Response.json(body, { status: 400 })),
    });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      aadsts: 53003,
      remedy: expect.stringContaining('use another method') as string,
    });
  });

  it('follows no redirect, and has no secret in its errors', async () => {
    let deviceCode = '';
    const { credential, clock } = subject([never], {
      fetch: (input, init) => {
        expect(init?.redirect).toBe('manual');
        if (typeof input === 'string' && input.endsWith('/token')) {
          const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
          deviceCode = form.get('device_code') ?? '';
          return Promise.resolve(
            new Response(null, { status: 307, headers: { location: 'https://x.example' } }),
          );
        }
        return clock.fetch(input, init);
      },
    });
    const error: unknown = await credential.getToken(ARM).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'AML_RESPONSE_INVALID' });
    expect(deviceCode.length).toBeGreaterThan(20);
    for (const shown of [inspect(error, { depth: 9 }), JSON.stringify(error)])
      expect(shown).not.toContain(deviceCode);
  });

  it.each([
    [{ tenantId: '../x' }],
    [{ clientId: 'x' }],
    [{ onPrompt: undefined as unknown as DeviceCodeOptions['onPrompt'] }],
  ])('refuses the options %o', (options) => {
    expect(() => fromDeviceCode({ onPrompt: never, ...options })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});
