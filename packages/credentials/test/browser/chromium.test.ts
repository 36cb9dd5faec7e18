import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBrowser } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { chromium, openInChromium, type ChromiumPage } from '../support/chromium.js';

/** Fills in the form that is shown, if it is a new one, and sends it. Gives the title. */
const STEP = `(() => {
  const form = document.forms[0];
  const fill = { username: 'alice@contoso.onmicrosoft.com', password: 'Pa55w0rd!' };
  if (form && !form.dataset.sent && new URL(form.getAttribute("action") ?? "", location.href).origin === location.origin) {
    form.dataset.sent = 'yes';
    for (const [name, value] of Object.entries(fill)) if (form.elements[name]) form.elements[name].value = value;
    form.querySelector('button').click();
  }
  return document.title;
})()`;

describe.skipIf(chromium === undefined)('in Chromium', () => {
  it('signs a person in through the pages, and shows the last one', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
    const emulator = await startEmulator({
      seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }] },
    });
    trustEmulator(emulator);
    let opened: Promise<ChromiumPage> | undefined;
    let lastTitle: unknown;
    const credential = fromBrowser({
      cloud: emulator.cloud,
      async openBrowser(url) {
        opened = openInChromium(chromium ?? '', profile, url);
        const page = await opened;
        const step = async (): Promise<unknown> => (lastTitle = await page.evaluate(STEP));
        await expect.poll(step, { timeout: 40_000 }).toBe('You are signed in');
      },
    });
    try {
      const { token } = await credential.getToken('https://ml.azure.com/.default');
      expect(decodeJwt(token)['oid']).toBe(emulator.user('alice@contoso').id);
      const page = await opened;
      await expect.poll(() => lastTitle, { timeout: 40_000 }).toBe('You are signed in');
      // The style that the page's policy allows has been applied.
      expect(await page?.evaluate('getComputedStyle(document.querySelector("h1")).fontSize')).toBe('25.6px');
    } finally {
      await (await opened)?.close();
      await emulator.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
});
