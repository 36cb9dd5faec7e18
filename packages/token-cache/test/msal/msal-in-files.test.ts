import { readFile } from 'node:fs/promises';
import { fileTokenStore, msalCachePlugin, type MsalCacheContext } from '@aml-auth/token-cache';
import { expect, it } from 'vitest';
import { filesIn, someKeys, temporaryFolder } from '../support/file-store.js';

it('the cache of MSAL is kept in sealed files, where another process finds it', async () => {
  const directory = await temporaryFolder();
  const keys = someKeys();
  const plugin = () => msalCachePlugin({ store: fileTokenStore({ directory, keys }) });
  const cache = { RefreshToken: { 'key-of-entity': { secret: 'S3cret-refresh-token' } } };

  let text = '{}';
  const writing: MsalCacheContext = {
    cacheHasChanged: true,
    tokenCache: { serialize: () => text, deserialize: () => undefined },
  };
  const first = plugin();
  await first.beforeCacheAccess(writing);
  text = JSON.stringify(cache);
  await first.afterCacheAccess(writing);

  const files = await filesIn(directory);
  expect(files).not.toEqual([]);
  for (const file of files) expect(await readFile(file, 'latin1')).not.toContain('S3cret');

  let found = '';
  await plugin().beforeCacheAccess({
    cacheHasChanged: false,
    tokenCache: { serialize: () => found, deserialize: (read) => void (found = read) },
  });
  expect(JSON.parse(found)).toMatchObject(cache);
});
