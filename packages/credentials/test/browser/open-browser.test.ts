import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/browser/open-browser.js';

const URL_WITH_EVERYTHING = 'https://login.example/authorize?a=1&b=$(touch%20x);`id`|x&c=%22%27';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!${process.execPath}\n${script}\n`);
  await chmod(path, 0o700);
  return path;
}

describe('openBrowser', () => {
  it('starts the program in BROWSER with the address as its one argument', async () => {
    const seen = join(folder, 'seen');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.argv.slice(2)));`;
    const env = { BROWSER: await program('my browser', script) };
    void openBrowser(URL_WITH_EVERYTHING, env);
    await expect
      .poll(() => readFile(seen, 'utf8').catch(() => ''), { timeout: 20_000 })
      .toBe(JSON.stringify([URL_WITH_EVERYTHING]));
  });

  it('finds xdg-open on the PATH, and not in the working directory', async () => {
    const seen = join(folder, 'xdg');
    await program('xdg-open', `require('node:fs').writeFileSync(${JSON.stringify(seen)}, process.argv[2]);`);
    void openBrowser('https://login.example/', { DISPLAY: ':0', PATH: folder }, 'linux');
    await expect
      .poll(() => readFile(seen, 'utf8').catch(() => ''), { timeout: 20_000 })
      .toBe('https://login.example/');
    await expect(
      openBrowser('https://x.example/', { DISPLAY: ':0', PATH: '.' }, 'linux'),
    ).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      message: expect.stringContaining('xdg-open cannot be started') as string,
    });
  });

  it('says that the browser ended with an error', async () => {
    const env = { BROWSER: await program('failing', 'process.exit(3);') };
    await expect(openBrowser('https://login.example/', env)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      message: expect.stringMatching(/failing ended with exit code 3\.$/) as string,
      remedy: expect.stringContaining('fromDeviceCode()') as string,
    });
  });

  it('says why nobody would see a browser', async () => {
    await expect(openBrowser('https://login.example/', {}, 'linux')).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
      message: expect.stringContaining('there is no display') as string,
    });
  });
});
