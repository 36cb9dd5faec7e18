import { startEmulator, type Emulator, type EmulatorOptions } from '@aml-auth/emulator';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** Keeps Chromium from looking for hosts of its maker at every start. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a test with a browser works on. */
export interface BrowserTest {
  readonly emulator: Emulator;
  /** A page of a new profile. */
  readonly openPage: () => Promise<Page>;
}

/** One emulator and one headless Chromium for a test file. */
export function withBrowser(options: EmulatorOptions = {}): () => BrowserTest {
  let emulator: Emulator | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    emulator = await startEmulator(options);
    // The sandbox of Chromium refuses to run as root, as containers do.
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      chromiumSandbox: process.getuid?.() !== 0,
      args: QUIET,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await emulator?.close();
  });
  return () => {
    const [cloud, program] = [emulator, browser];
    if (cloud === undefined || program === undefined) throw new Error('The browser is not running.');
    return {
      emulator: cloud,
      openPage: async () => (await program.newContext({ ignoreHTTPSErrors: true })).newPage(),
    };
  };
}
