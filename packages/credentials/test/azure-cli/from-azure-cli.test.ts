import { fromAzureCli } from '@aml-auth/credentials';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azStandIn, PRINTS_TOKEN, type AzStandIn } from '../support/az-stand-in.js';

const AML = 'https://ml.azure.com/.default';
const ARM = 'https://management.azure.com/.default';

let az: AzStandIn;
beforeEach(async () => {
  az = await azStandIn();
});
afterEach(() => az.remove());

describe.skipIf(process.platform === 'win32')('fromAzureCli', () => {
  it('starts az once for callers at the same time and after them', async () => {
    const credential = fromAzureCli({ env: az.env });
    const tokens = await Promise.all(Array.from({ length: 10 }, () => credential.getToken(AML)));
    for (let call = 0; call < 5; call += 1) tokens.push(await credential.getToken(AML));
    expect(new Set(tokens.map(({ token }) => token))).toHaveLength(1);
    expect(await az.runs()).toEqual([['account', 'get-access-token', '--output', 'json', '--scope', AML]]);
  });

  it('follows the session: a changed profile makes every token a miss', async () => {
    const credential = fromAzureCli({ env: az.env });
    const first = await credential.getToken(AML);
    await az.changeProfile();
    const second = await credential.getToken(AML);
    expect(second.token).not.toBe(first.token);
    expect(await az.runs()).toHaveLength(2);
  });

  it('names tenant and subscription to az', async () => {
    await fromAzureCli({ env: az.env, tenantId: 'Contoso.com' }).getToken(ARM);
    await fromAzureCli({ env: az.env }).getToken(ARM, { tenantId: 'fabrikam.com' });
    await fromAzureCli({ env: az.env, subscription: 'My subscription' }).getToken(ARM);
    expect((await az.runs()).map((args) => args.slice(6))).toEqual([
      ['--tenant', 'contoso.com'],
      ['--tenant', 'fabrikam.com'],
      ['--subscription', 'My subscription'],
    ]);
  });

  it('takes the token although az warns about "az login" on standard error', async () => {
    await az.behave(`console.error('WARNING: run az login --scope to refresh'); ${PRINTS_TOKEN}`);
    expect((await fromAzureCli({ env: az.env }).getToken(AML)).token).toMatch(/^token-/);
  });

  it('lets a chain go on where az is not installed', async () => {
    const env = { ...az.env, PATH: '/nonexistent' };
    await expect(fromAzureCli({ env }).getToken(AML)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
    });
  });

  it('does not run an az of the working folder or of a relative entry of the PATH', async () => {
    const env = { ...az.env, PATH: ['', '.', 'node_modules/.bin'].join(':') };
    await expect(fromAzureCli({ env }).getToken(AML)).rejects.toMatchObject({ code: 'AML_UNAVAILABLE' });
  });

  it('does not start az again for ten seconds where nobody is signed in, unless somebody signs in', async () => {
    await az.behave(`console.error("ERROR: Please run 'az login' to setup account."); process.exit(1);`);
    const credential = fromAzureCli({ env: az.env });
    for (let call = 0; call < 5; call += 1) {
      await expect(credential.getToken(AML)).rejects.toMatchObject({ code: 'AML_NOT_CONFIGURED' });
    }
    expect(await az.runs()).toHaveLength(1);
    await az.behave(PRINTS_TOKEN);
    await az.changeProfile();
    expect((await credential.getToken(AML)).token).toMatch(/^token-/);
  });

  it('lets a chain go on where nobody is signed in, and stops it where a sign-in was refused', async () => {
    await az.behave(`console.error("ERROR: Please run 'az login' to setup account."); process.exit(1);`);
    await expect(fromAzureCli({ env: az.env }).getToken(AML)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      remedy: 'Sign in with "az login".',
    });
    await az.behave(
      `console.error("ERROR: AADSTS700082: The refresh token has expired.\\nTo re-authenticate, please run: az login"); process.exit(1);`,
    );
    await expect(fromAzureCli({ env: az.env }).getToken(AML)).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      disposition: 'stop',
      aadsts: 700082,
    });
  });

  it.each([
    ['crashes', `process.exit(3);`, 'AML_UNAVAILABLE'],
    ['says nothing', ``, 'AML_RESPONSE_INVALID'],
    ['prints ten megabytes', `process.stdout.write('x'.repeat(1e7));`, 'AML_UNAVAILABLE'],
  ])('has a typed error when az %s', async (_what, script, code) => {
    await az.behave(script);
    await expect(fromAzureCli({ env: az.env }).getToken(AML)).rejects.toMatchObject({ code });
  });

  it('ends an az that hangs, at the time limit', async () => {
    await az.behave(`setInterval(() => undefined, 1000);`);
    const call = fromAzureCli({ env: az.env, timeLimitMs: 300 }).getToken(AML);
    await expect(call).rejects.toMatchObject({
      code: 'AML_TIMEOUT',
      message: 'The Azure CLI did not answer within 0.3 seconds.',
    });
  });

  it('ends az when the caller cancels', async () => {
    await az.behave(`setInterval(() => undefined, 1000);`);
    const controller = new AbortController();
    const call = fromAzureCli({ env: az.env }).getToken(AML, { abortSignal: controller.signal });
    while ((await az.runs()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'AML_CANCELLED' });
  });

  it('answers a claims challenge with the command that satisfies it, without running az', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
    const call = fromAzureCli({ env: az.env, tenantId: 'contoso.com' }).getToken(ARM, { claims });
    await expect(call).rejects.toMatchObject({
      code: 'AML_INTERACTION_REQUIRED',
      remedy: `Run: az login --claims-challenge ${Buffer.from(claims).toString('base64')} --scope ${ARM} --tenant contoso.com`,
    });
    expect(await az.runs()).toEqual([]);
  });

  it.each([
    [{ tenantId: 'a; rm -rf ~' }],
    [{ tenantId: '--debug' }],
    [{ subscription: '`id`' }],
    [{ subscription: '--query' }],
    [{ subscription: '' }],
    [{ subscription: 'a', tenantId: 'contoso.com' }],
  ])('refuses %j', (options) => {
    expect(() => fromAzureCli({ env: az.env, ...options })).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });

  it('never hands a scope to az that is none', async () => {
    const call = fromAzureCli({ env: az.env }).getToken('https://x/.default; id');
    await expect(call).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    expect(await az.runs()).toEqual([]);
  });
});
