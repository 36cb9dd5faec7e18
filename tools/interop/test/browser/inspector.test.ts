import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { barriersOn } from '../support/accessibility.ts';
import { withBrowser } from '../support/browser.ts';
import { askToken, callWorkspace, endOf, startDevice, tokenOf } from '../support/traffic.ts';

const running = withBrowser();
const DAY_MS = 86_400_000;

let page: Page;
let problems: string[];

beforeEach(async () => {
  const { emulator, openPage } = running();
  problems = [];
  page = await openPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  // Among them what the content security policy refuses.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 400'))
      problems.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== emulator.origin) problems.push(`asked ${request.url()}`);
  });
  await page.goto(`${emulator.origin}/_emu/`);
  await page.locator('#live[data-state=live]').waitFor();
});

afterEach(async () => {
  const { emulator } = running();
  emulator.faults.clear();
  emulator.clock.reset();
  await page.close();
  expect(problems).toEqual([]);
});

const open = (name: string) => page.getByRole('tab', { name }).click();
const rows = () => page.getByRole('listbox', { name: 'Requests' }).getByRole('option');

describe('requests', () => {
  test('show up while one looks, the newest first', async () => {
    const { emulator } = running();
    const before = await rows().count();
    await askToken(emulator, 'trainer');
    await expect.poll(() => rows().count()).toBe(before + 1);
    expect(await rows().first().innerText()).toMatch(/200[\s\S]*POST[\s\S]*v2\.0\/token[\s\S]*trainer/);
    await askToken(emulator, 'trainer', { client_secret: 'wrong' });
    await expect.poll(() => rows().first().innerText()).toMatch(/401[\s\S]*AADSTS7000215/);
  });

  test('the token stands beside the decision that it led to, with the way to allow it', async () => {
    const { emulator } = running();
    await callWorkspace(emulator, 'trainer', 'DELETE');
    await rows().filter({ hasText: 'DELETE' }).first().click();
    const token = page.getByRole('region', { name: 'Token that was sent' });
    const decision = page.getByRole('region', { name: 'Decision' });
    await decision.waitFor();
    const { objectId } = emulator.app('trainer');
    expect(await token.innerText()).toContain(objectId);
    expect(await token.innerText()).toMatch(/exp\s+.*in 59 min/);
    const text = await decision.innerText();
    expect(text).toContain('Refused by Azure RBAC');
    expect(text).toContain('Microsoft.MachineLearningServices/workspaces/delete');
    expect(text).toMatch(/az role assignment create[\s\S]*--assignee-object-id/);
    expect(text).toContain(objectId);
    const [left, right] = [await token.boundingBox(), await decision.boundingBox()];
    expect(left!.y).toBe(right!.y);
    expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);
  });

  test('are filtered by words, service and failure', async () => {
    const { emulator } = running();
    await callWorkspace(emulator, 'auditor', 'GET');
    await page.getByRole('searchbox', { name: 'Filter requests' }).fill('auditor ws1');
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Filter requests' }).fill('auditor');
    await page.getByRole('combobox', { name: 'Service' }).selectOption('signIn');
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('checkbox', { name: 'Errors only' }).check();
    await expect.poll(() => rows().count()).toBe(0);
    expect(await page.locator('#list-hint').innerText()).toBe('No request matches the filter.');
  });

  test('can be walked through with the keyboard alone', async () => {
    const { emulator } = running();
    await callWorkspace(emulator, 'trainer', 'GET');
    await page.keyboard.press('/');
    await page.keyboard.type('ws1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('region', { name: 'Decision' }).waitFor();
    expect(await page.locator('[aria-selected=true][role=option]').count()).toBe(1);
    await page.locator('#tab-requests').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Sign-ins' }).waitFor();
  });

  test('cannot put markup into the page', async () => {
    const { emulator } = running();
    const markup = '<img src=x onerror=document.title=1>';
    await askToken(emulator, 'trainer', { client_id: markup, username: markup });
    await rows().first().click();
    await page.getByText(markup).first().waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });

  test('are cleared', async () => {
    const { emulator } = running();
    await askToken(emulator, 'trainer');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => rows().count()).toBe(0);
    expect(emulator.requests).toHaveLength(0);
  });
});

describe('faults', () => {
  test('a usual one that is added on the page happens, and is removed there', async () => {
    const { emulator } = running();
    await open('Clock and faults');
    await page.getByRole('button', { name: 'Too many requests' }).click();
    await page.getByRole('button', { name: 'Remove fault-' }).waitFor();
    const throttled = await askToken(emulator, 'trainer');
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '10']);
    await page.locator('.hits', { hasText: '1 times' }).waitFor();
    await page.getByRole('button', { name: 'Remove fault-' }).click();
    await page.getByText('Nothing goes wrong.').waitFor();
    expect((await askToken(emulator, 'trainer')).status).toBe(200);
  });

  test('one of one’s own is added, or refused with the reason', async () => {
    const { emulator } = running();
    await open('Clock and faults');
    const text = page.getByRole('textbox', { name: 'Fault as JSON' });
    await text.fill('{ "do": { "status": 9 } }');
    await page.getByRole('button', { name: 'Add the fault' }).click();
    await page.getByRole('alert').filter({ hasText: 'do.status' }).waitFor();
    await text.fill('{ "id": "mine", "do": { "status": 503 } }');
    await page.getByRole('button', { name: 'Add the fault' }).click();
    await page.getByText('{"status":503}').waitFor();
    expect((await askToken(emulator, 'trainer')).status).toBe(503);
  });
});

describe('clock', () => {
  test('advanced on the page, it changes the next token', async () => {
    const { emulator } = running();
    const before = endOf(await tokenOf(emulator, 'trainer'));
    await open('Clock and faults');
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('ahead of the machine').waitFor();
    const difference = endOf(await tokenOf(emulator, 'trainer')) - before;
    expect(difference).toBeGreaterThanOrEqual(DAY_MS);
    expect(difference).toBeLessThan(DAY_MS + 600_000);
  });

  test('frozen and set on the page, it stands still there', async () => {
    const { emulator } = running();
    await open('Clock and faults');
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('stands still').waitFor();
    await page.getByLabel('Time in UTC').fill('2027-03-01T12:00:00');
    await page.getByRole('button', { name: 'Set (UTC)' }).click();
    await page.locator('#clock-now', { hasText: '2027-03-01 12:00:00 UTC' }).waitFor();
    expect(emulator.clock.state).toMatchObject({ mode: 'frozen', now: Date.UTC(2027, 2, 1, 12) });
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => emulator.clock.state.mode).toBe('offset');
  });
});

describe('devices', () => {
  test('one that waits is let in on the page', async () => {
    const { emulator } = running();
    const { userCode, poll } = await startDevice(emulator);
    expect((await poll())['error']).toBe('authorization_pending');
    await open('Devices');
    await page.getByText(userCode).waitFor();
    await page
      .getByRole('combobox', { name: `User for ${userCode}` })
      .selectOption({ label: 'alice@contoso.onmicrosoft.com' });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('No device waits.').waitFor();
    expect((await poll())['access_token']).toBeTruthy();
  });
});

describe('directory and access', () => {
  test('who there is, and who may do what', async () => {
    const { emulator } = running();
    await open('Directory');
    await page.getByRole('cell', { name: 'alice@contoso.onmicrosoft.com' }).first().waitFor();
    await page.getByText(emulator.app('trainer').clientId).waitFor();
    await open('Access');
    await page.getByRole('searchbox', { name: 'Filter assignments' }).fill('trainer scientist');
    await expect.poll(() => page.locator('#view-access tbody tr').count()).toBe(1);
    expect(await page.locator('#view-access tbody').innerText()).toContain('AzureML Data Scientist');
  });
});

test('who signed in, and what Conditional Access said, is on the page while one looks', async () => {
  const { emulator } = running();
  await open('Sign-ins');
  await askToken(emulator, 'trainer', { client_secret: 'wrong' });
  await page.locator('#view-signins').getByText('AADSTS7000215').first().waitFor();
});

test.each(['light', 'dark'] as const)('people can read and reach everything, in %s', async (colorScheme) => {
  const { emulator } = running();
  await startDevice(emulator);
  await callWorkspace(emulator, 'trainer', 'DELETE');
  emulator.faults.add({ match: { path: '/nothing' }, do: { status: 503 } }, { preset: 'slow_down' });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await rows().first().click();
  await page.getByRole('region', { name: 'Decision' }).waitFor();
  expect(await barriersOn(page)).toEqual([]);
  for (const name of ['Sign-ins', 'Directory', 'Access', 'Devices', 'Clock and faults']) {
    await open(name);
    await page.locator('.page:visible .card').first().waitFor();
    expect([name, await barriersOn(page)]).toEqual([name, []]);
  }
});

test('nothing needs to be scrolled sideways on a narrow screen', async () => {
  const { emulator } = running();
  await page.setViewportSize({ width: 360, height: 740 });
  await callWorkspace(emulator, 'trainer', 'DELETE');
  await rows().first().click();
  await page.getByRole('region', { name: 'Decision' }).waitFor();
  for (const name of ['Sign-ins', 'Directory', 'Access', 'Devices', 'Clock and faults', 'Requests']) {
    await open(name);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect([name, overflow]).toEqual([name, 0]);
  }
});
