import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { barriersOn } from '../support/accessibility.ts';
import { withBrowser } from '../support/browser.ts';

const CLI = fileURLToPath(new URL('../../../../apps/cli/dist/main.js', import.meta.url));
const MARKUP = '<img src=x onerror=alert(1)>';
const running = withBrowser();

let folder: string;
let page: Page;
let problems: string[];

const ids = (number: number): string => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-ml';
const WORKSPACE = `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/ws1`;
const assigned = (principalId: string, principalType: string, role: string, scope: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
  scope,
  principalId,
  principalType,
  roleDefinitionId: role,
});
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** An owner, and a group of a thousand readers. */
const collection = {
  format: 'aml-auth/access',
  version: 1,
  collectedAt: '2026-11-27T06:00:00Z',
  scopes: [WORKSPACE],
  roleDefinitions: [],
  roleAssignments: [assigned(ids(1), 'User', OWNER, GROUP), assigned(ids(2), 'Group', READER, WORKSPACE)],
  denyAssignments: [
    {
      id: `${WORKSPACE}/providers/Microsoft.Authorization/denyAssignments/d1`,
      denyAssignmentName: `${MARKUP}</script>`,
      scope: WORKSPACE,
      doNotApplyToChildScopes: false,
      permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
      principals: [{ id: ids(1) }],
      excludePrincipals: [],
    },
  ],
  memberOf: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [ids(1000 + at), [ids(2)]])),
  operations: [],
  unreadable: [],
  isRedacted: false,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-graph-'));
  await writeFile(join(folder, 'c.json'), JSON.stringify(collection));
  const args = [CLI, 'access', 'graph', '--from', 'c.json', '--out', 'graph.html', '--lang', 'en'];
  await promisify(execFile)(process.execPath, args, { cwd: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  problems = [];
  page = await running().openPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().endsWith('/graph.html')) problems.push(`asked ${request.url()}`);
  });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(pathToFileURL(join(folder, 'graph.html')).href);
  await page.getByRole('button', { name: 'Owner' }).waitFor();
});
afterEach(async () => {
  await page.close();
  expect(problems).toEqual([]);
});

const search = () => page.getByRole('searchbox', { name: 'Search' });
const card = (name: string | RegExp) => page.locator('.stage').getByRole('button', { name });
const details = () => page.getByRole('complementary', { name: 'Details' });

test('a thousand members stand as one, and a search finds each with its path', async () => {
  await card(/1000 × Users|1000 × Principals/).waitFor();
  await search().fill(ids(1077));
  await card(ids(1077)).waitFor();
  expect(await page.locator('.node').allInnerTexts()).toHaveLength(5 + 1);
  expect(await card('Owner').count()).toBe(0);
  const status = page.getByRole('status');
  expect(await status.innerText()).toMatch(/^1 found · Principals: 2 /);
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').innerText()).toContain(ids(1077));
  await page.getByRole('checkbox', { name: 'Groups' }).uncheck();
  expect(await status.innerText()).toMatch(/^1 found · /);
  await page.getByRole('checkbox', { name: 'Groups' }).check();
  await search().fill('nobody at all');
  await page.getByText('Nothing matches.').waitFor();
  await page.keyboard.press('Escape');
  await card('Owner').waitFor();
});

test('the address holds what is seen, and shows it again', async () => {
  await search().fill(ids(1));
  await page.getByRole('checkbox', { name: 'Deny assignments' }).uncheck();
  await card('Can give itself any role').click();
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await details().getByRole('heading', { name: 'Can give itself any role' }).waitFor();
  expect(await search().inputValue()).toBe(ids(1));
  expect(await page.getByRole('checkbox', { name: 'Deny assignments' }).isChecked()).toBe(false);
  await page.evaluate("location.hash = '#view=table&q=Owner'");
  await page.getByRole('row', { name: 'Owner' }).first().waitFor();
  expect(await details().getByRole('heading', { name: 'Overview' }).count()).toBe(1);
});

test('the overview leads to ways to more, and they say which assignments have to go', async () => {
  await details().getByRole('button', { name: 'Can give itself any role' }).click();
  const text = await details().innerText();
  expect(text).toMatch(/Smallest change that ends it/i);
  expect(text).toContain(`${GROUP}/providers/Microsoft.Authorization/roleAssignments/${ids(1)}`);
  await details().getByRole('button', { name: 'Owner' }).click();
  await details().getByRole('heading', { name: 'Owner' }).waitFor();
});

test('what is selected says why, and lights its chain; a name is no markup', async () => {
  await card('Can give itself any role').click();
  const text = await details().innerText();
  expect(text).toContain('Microsoft.Authorization/roleAssignments/write');
  expect(text).toContain(ids(1));
  expect(await page.locator('.edge.lit').count()).toBeGreaterThan(1);
  await page.keyboard.press('Escape');
  await details().getByRole('heading', { name: 'Overview' }).waitFor();
  await card(MARKUP).click();
  expect(await details().innerText()).toContain(MARKUP);
  expect(await page.locator('img').count()).toBe(0);
});

test('the keyboard goes from card to card, and to the search', async () => {
  await card('Owner').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.locator(':focus').innerText()).toContain('rg-ml');
  await page.keyboard.press('ArrowDown');
  expect(await page.locator(':focus').innerText()).toContain('ws1');
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  // One stop for each column: after the places come the details.
  expect(await details().locator(':focus').count()).toBe(1);
  await page.keyboard.press('/');
  expect(await page.locator(':focus').getAttribute('type')).toBe('search');
});

test('boxes switch kinds off', async () => {
  await page.getByRole('checkbox', { name: 'Ways to more' }).uncheck();
  await card('Can give itself any role').waitFor({ state: 'detached' });
  await card('Owner').waitFor();
});

test('the table sorts', async () => {
  await page.getByRole('button', { name: 'Table' }).click();
  const heading = page.getByRole('columnheader', { name: 'Access' });
  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  expect(await page.locator('tbody tr').first().innerText()).toContain('Reader');
});

test.each(['light', 'dark'] as const)('people can read and reach everything, in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await barriersOn(page)).toEqual([]);
  await page.getByText('Legend and keys').click();
  await page.getByText('is a member of').waitFor();
  await card('Can give itself any role').click();
  expect(await barriersOn(page)).toEqual([]);
  await search().fill('owner');
  await page.getByRole('button', { name: 'Table' }).click();
  expect(await barriersOn(page)).toEqual([]);
});

test('paper gets the table', async () => {
  await search().fill('owner');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  await page.locator('tbody tr').first().waitFor();
  expect(await page.getByRole('cell', { name: 'Owner' }).count()).toBe(1);
  expect(await page.locator('.printed').innerText()).toMatch(/Smallest change that ends it: Owner/);
});

test('nothing but the graph needs to be scrolled sideways on a narrow screen', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  for (const mode of ['Table', 'Graph']) {
    await page.getByRole('button', { name: mode }).click();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect([mode, overflow]).toEqual([mode, 0]);
  }
});
