import { closeSync, fdatasyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenKey } from '@aml-auth/core';
import { environmentKeys, fileTokenStore } from '@aml-auth/token-cache';
import { answer, whenTold } from './when-told.ts';

/*
 * A process that writes tokens into a folder that it shares, and answers how long each write took, in milliseconds:
 * `node file-writer.ts ours|bare|least <folder> <sealing key> <worker> <how many>`. It ends without an answer where a token is not there
 * in the end.
 */
const [how = '', folder = '', key = '', worker = '', count = '0'] = process.argv.slice(2);
const HOUR_MS = 3_600_000;
const store = fileTokenStore({
  directory: join(folder, 'cache'),
  keys: environmentKeys({ AML_AUTH_CACHE_KEY: `bench:${key}` }),
});
const text = 'x'.repeat(1_500);

function keyOf(index: number): TokenKey {
  return {
    authorityHost: 'https://login.microsoftonline.com',
    tenantId: 't',
    clientId: 'c',
    fingerprint: 'f',
    scopes: [`${worker}-${index}`],
    claims: '',
    enableCae: false,
    tokenType: 'Bearer',
  };
}

async function writeBare(index: number): Promise<void> {
  const path = join(folder, `${worker}-${index}`);
  const file = await open(`${path}.tmp`, 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}

/** The same without any turn of the thread pool: no synced write can take less. */
function writeLeast(index: number): void {
  const path = join(folder, `${worker}-${index}`);
  const file = openSync(`${path}.tmp`, 'wx', 0o600);
  writeFileSync(file, text);
  fdatasyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
}

await whenTold();
const times: number[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const started = performance.now();
  if (how === 'bare') await writeBare(index);
  else if (how === 'least') writeLeast(index);
  else await store.set(keyOf(index), { token: text, expiresOnTimestamp: Date.now() + HOUR_MS });
  times.push(performance.now() - started);
}
for (let index = 0; how === 'ours' && index < Number(count); index += 1) {
  if ((await store.get(keyOf(index)))?.token !== text) throw new Error(`Token ${index} is not there.`);
}
answer(times);
