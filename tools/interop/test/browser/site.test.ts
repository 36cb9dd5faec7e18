import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { barriersOn } from '../support/accessibility.ts';
import { withBrowser } from '../support/browser.ts';
import { serveFolder, type ServedFolder } from '../support/serve-folder.ts';

const SITE = resolve(import.meta.dirname, '../../../../dist/site');
const running = withBrowser();

let site: ServedFolder;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (!existsSync(join(SITE, 'index.html'))) throw new Error('There is no site yet: run "pnpm site" first.');
  site = await serveFolder(SITE);
});
afterAll(() => site.close());

beforeEach(async () => {
  problems = [];
  page = await running().openPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== site.origin) problems.push(`asked ${request.url()}`);
  });
});

afterEach(async () => {
  await page.close();
  expect(problems).toEqual([]);
});

/** Opens a page and waits until its navigation, which a script builds, is there. */
async function open(path: string): Promise<void> {
  await page.goto(`${site.origin}/${path}`);
  await page.locator('#tsd-nav-container a').first().waitFor({ state: 'attached' });
}

/**
 * TypeDoc has links within the summaries of its foldable parts. Keyboards reach both, and the rule is about what
 * screen readers say of them; it is left to TypeDoc.
 */
const LINK_IN_SUMMARY = 'nested-interactive: <summary class="tsd-accordion-summary"';

const MAIN_PAGES = [
  'index.html',
  'guides/start.html',
  'guides/credentials/managed-identity.html',
  'guides/errors.html',
  'modules/_aml-auth_core.html',
  'functions/_aml-auth_credentials.fromClientSecret.html',
];

test.each(MAIN_PAGES)('%s keeps nobody out, in light and dark, wide and narrow', async (path) => {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 400],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await open(path);
    expect((await barriersOn(page)).filter((barrier) => !barrier.startsWith(LINK_IN_SUMMARY))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
});

test.each([
  ['a function', 'fromClientSecret', 'fromClientSecret'],
  ['an error code', 'AML_IDENTITY_MISMATCH', 'Errors'],
  ['a guide', 'five minutes', 'Start in five minutes'],
])('%s is found by its name', async (_case, words, expected) => {
  await open('index.html');
  await page.locator('#tsd-search-trigger').click();
  await page.locator('#tsd-search-input').fill(words);
  await page.locator('#tsd-search-results li', { hasText: expected }).first().waitFor();
});

test('the navigation leads from a task to its guide', async () => {
  await open('index.html');
  const navigation = page.locator('#tsd-nav-container');
  await navigation.locator('summary', { hasText: 'Sign in' }).first().click();
  await navigation.locator('a', { hasText: 'Managed identity' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Managed identity' }).waitFor();
});
