import { expect, test } from 'vitest';

import { withBrowser } from '../support/browser.ts';

const running = withBrowser();

/** Azure CLI's application; it is in every tenant. */
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

test('a person signs in on the pages and is sent back with a code', async () => {
  const { emulator, openPage } = running();
  const page = await openPage();
  const url = new URL(`${emulator.origin}/organizations/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: AZURE_CLI,
    response_type: 'code',
    // Nothing listens there: the address that the browser is sent to is what counts.
    redirect_uri: 'http://localhost:9/',
    scope: 'https://management.azure.com/.default offline_access',
    state: 'of-the-test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  const answer = page.waitForRequest((request) => request.url().startsWith('http://localhost:9/'));

  await page.goto(url.href);
  await page.getByRole('textbox').fill('alice@contoso.onmicrosoft.com');
  await page.getByRole('button').first().click();
  await page.locator('input[type=password]').fill(emulator.user('alice@contoso').password ?? '');
  await page.getByRole('button').first().click();

  const query = new URL((await answer).url()).searchParams;
  expect(query.get('state')).toBe('of-the-test');
  expect(query.get('code')).toBeTruthy();
});
