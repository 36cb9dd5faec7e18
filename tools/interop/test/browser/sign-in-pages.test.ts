import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriersOn } from '../support/accessibility.ts';
import { withBrowser } from '../support/browser.ts';
import { AZURE_CLI, startDevice } from '../support/traffic.ts';

const running = withBrowser();

/** Where an application that wants somebody to sign in sends a browser. */
function authorizeUrl(more: Record<string, string> = {}): string {
  const url = new URL(`${running().emulator.origin}/organizations/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: AZURE_CLI,
    response_type: 'code',
    // Nothing listens there: the address that the browser is sent to is what counts.
    redirect_uri: 'http://localhost:9/',
    scope: 'https://management.azure.com/.default offline_access',
    state: 'of-the-test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return url.href;
}

/** What the application is told in the end. */
async function answerTo(page: Page): Promise<URLSearchParams> {
  const request = await page.waitForRequest((sent) => sent.url().startsWith('http://localhost:9/'));
  return new URL(request.url()).searchParams;
}

async function enter(page: Page, field: string, text: string, button: string): Promise<void> {
  await page.getByLabel(field).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
}

const passwordOf = (upn: string): string => running().emulator.user(upn).password ?? '';

test('a person signs in on the pages and is sent back with a code', async () => {
  const page = await running().openPage();
  await page.goto(authorizeUrl());
  const answer = answerTo(page);
  await enter(page, 'User name', 'alice@contoso.onmicrosoft.com', 'Next');
  await enter(page, 'Password', passwordOf('alice@contoso'), 'Sign in');
  const query = await answer;
  expect(query.get('state')).toBe('of-the-test');
  expect(query.get('code')).toBeTruthy();
  await page.close();
});

test('a wrong name and a wrong password are said, and can be corrected', async () => {
  const page = await running().openPage();
  await page.goto(authorizeUrl());
  await enter(page, 'User name', 'nobody@contoso.onmicrosoft.com', 'Next');
  await page.getByRole('alert').filter({ hasText: 'AADSTS50034' }).waitFor();
  await enter(page, 'User name', 'alice@contoso.onmicrosoft.com', 'Next');
  await enter(page, 'Password', 'wrong', 'Sign in');
  await page.getByRole('alert').filter({ hasText: 'AADSTS50126' }).waitFor();
  const answer = answerTo(page);
  await enter(page, 'Password', passwordOf('alice@contoso'), 'Sign in');
  expect((await answer).get('code')).toBeTruthy();
  await page.close();
});

test('the second step and consent come where they are needed', async () => {
  const page = await running().openPage();
  await page.goto(authorizeUrl({ prompt: 'consent' }));
  await enter(page, 'User name', 'bob@contoso.onmicrosoft.com', 'Next');
  await enter(page, 'Password', passwordOf('bob@contoso'), 'Sign in');
  await page.getByRole('heading', { name: 'Approve sign-in request' }).waitFor();
  expect(await page.getByText('bob@contoso.onmicrosoft.com').count()).toBe(1);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
  const answer = answerTo(page);
  await page.getByRole('button', { name: 'Accept' }).click();
  expect((await answer).get('code')).toBeTruthy();
  await page.close();
});

test('whoever does not want to, says so, and the application hears of it', async () => {
  const page = await running().openPage();
  await page.goto(authorizeUrl());
  const answer = answerTo(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await answer).get('error')).toBe('access_denied');
  await page.close();
});

test('a person lets a device in by the code that it shows', async () => {
  const { emulator, openPage } = running();
  const { userCode, poll } = await startDevice(emulator);
  const page = await openPage();
  await page.goto(`${emulator.origin}/devicelogin`);
  await enter(page, 'Enter the code', 'WRONG', 'Next');
  await page.getByRole('alert').filter({ hasText: 'AADSTS70018' }).waitFor();
  await enter(page, 'Enter the code', userCode.toLowerCase(), 'Next');
  await enter(page, 'User name', 'alice@contoso.onmicrosoft.com', 'Next');
  await enter(page, 'Password', passwordOf('alice@contoso'), 'Sign in');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'You have signed in on your device' }).waitFor();
  expect((await poll())['access_token']).toBeTruthy();
  await page.close();
});

test('the pages work without scripts and fit a narrow screen', async () => {
  const page = await running().openPage();
  const blocked: string[] = [];
  page.on('console', (message) => blocked.push(message.text()));
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(authorizeUrl());
  expect(await page.locator('script').count()).toBe(0);
  await enter(page, 'User name', 'alice@contoso.onmicrosoft.com', 'Next');
  await page.getByLabel('Password').waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect(overflow).toBe(0);
  expect(blocked).toEqual([]);
  await page.close();
});

test.each(['light', 'dark'] as const)('people can read and reach everything, in %s', async (colorScheme) => {
  const { emulator, openPage } = running();
  const page = await openPage();
  await page.emulateMedia({ colorScheme });
  await page.goto(authorizeUrl({ prompt: 'consent', scope: 'https://graph.microsoft.com/User.Read.All' }));
  expect(await barriersOn(page)).toEqual([]);
  await enter(page, 'User name', 'bob@contoso.onmicrosoft.com', 'Next');
  await enter(page, 'Password', 'wrong', 'Sign in');
  expect(await barriersOn(page)).toEqual([]);
  await enter(page, 'Password', passwordOf('bob@contoso'), 'Sign in');
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Approve' }).click();
  expect(await barriersOn(page)).toEqual([]);
  await page.goto(`${emulator.origin}/devicelogin`);
  expect(await barriersOn(page)).toEqual([]);
  await page.close();
});
