import { fromBrowser } from '@aml-auth/credentials';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../support/chromium.js';

/** Goes through the sign-in pages as a person does: fills in what a page asks for, and sends it. */
async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('input[name=username]').fill('alice@contoso.onmicrosoft.com');
  await page.locator('button').first().click();
  await page.locator('input[name=password]').fill('Pa55w0rd!');
  await page.locator('button').first().click();
}

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  it.each([
    ['localhost', undefined],
    ['an address', 'http://127.0.0.1'],
  ])('signs a person in who comes back to %s, and shows the last page', async (_what, redirectUri) => {
    const emulator = await startEmulator({
      seed: { tenants: [{ name: 'contoso', users: [{ upn: 'alice@contoso', password: 'Pa55w0rd!' }] }] },
    });
    trustEmulator(emulator);
    const browser = await startChromium();
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      const { token } = await fromBrowser({
        cloud: emulator.cloud,
        redirectUri,
        openBrowser: (url) => signIn(page, url),
      }).getToken('https://ml.azure.com/.default');
      expect(decodeJwt(token)['oid']).toBe(emulator.user('alice@contoso').id);
      await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
      // The style that the page's policy allows has been applied, and nothing else was loaded.
      const size = await page.evaluate('getComputedStyle(document.querySelector("h1")).fontSize');
      expect(size).toBe('25.6px');
      const foreign = requests.filter((url) => !/^https?:\/\/(localhost|127\.0\.0\.1)[:/]/.test(url));
      expect(foreign).toEqual([]);
      // No code is left in the address, where histories keep it.
      expect(page.url()).not.toMatch(/code=|state=/);
    } finally {
      await browser.close();
      await emulator.close();
    }
  });
});
