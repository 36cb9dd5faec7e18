import { fromBrowser } from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../support/browser-stand-in.js';

const AML = 'https://ml.azure.com/.default';
const UPN = 'alice@contoso';
const PAGES = {
  signedIn: '<!doctype html><style>h1{color:teal}</style><h1>Willkommen</h1>',
  failed: '<!doctype html><h1>Leider nicht</h1>',
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    seed: { tenants: [{ name: 'contoso', users: [{ upn: UPN, password: 'Pa55w0rd!' }] }] },
  });
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** What the browser shows at the end, whatever becomes of the sign-in. */
async function shown(change: Readonly<Record<string, string>> = {}): Promise<Response> {
  let page: Promise<Response> | undefined;
  const credential = fromBrowser({
    cloud: emulator.cloud,
    resultPages: PAGES,
    async openBrowser(url) {
      const result = await emulator.signIn({ upn: UPN, url });
      page = deliver({ ...result, fields: { ...result.fields, ...change } });
    },
  });
  await credential.getToken(AML).catch(() => undefined);
  if (page === undefined) throw new Error('no browser was opened');
  return page;
}

describe('the result pages of the program', () => {
  it('are shown as they are, with headers that let no script run', async () => {
    const page = await shown();
    expect(await page.text()).toBe(PAGES.signedIn);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:;");
    expect(policy).not.toContain('script-src');
  });

  it('are shown where the sign-in was refused', async () => {
    expect(await (await shown({ code: 'used up' })).text()).toBe(PAGES.failed);
  });

  it.each([7, '', ' ', null])('cannot be %j', (page) => {
    const make = () => fromBrowser({ resultPages: { failed: page as never } });
    expect(make).toThrow(expect.objectContaining({ code: 'AML_CONFIG_INVALID' }));
    expect(make).toThrow(/resultPages\.failed/);
  });
});
