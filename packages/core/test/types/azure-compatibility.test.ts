import type { TokenCredential, GetTokenOptions as AzureGetTokenOptions } from '@azure/core-auth';
import { createAccessToken, type Credential, type GetTokenOptions } from '@aml-auth/core';
import { expect, it } from 'vitest';

// Compiling this file is the test; the run only shows that the values are what the types say.
const ours: Credential = {
  getToken: () => Promise.resolve(createAccessToken({ token: 't', expiresOnTimestamp: 1 })),
  describe: () => ({ method: 'fixed' }),
};
const theirs: TokenCredential = ours;
const options: GetTokenOptions = {} as AzureGetTokenOptions;

// @ts-expect-error -- a credential of the Azure SDK may answer null and cannot describe itself
const backwards: Credential = theirs;

it('is a TokenCredential of the Azure SDK', async () => {
  expect(await theirs.getToken(['scope'], { enableCae: true, ...(options as object) })).toMatchObject({
    token: 't',
  });
  expect(backwards).toBe(ours);
});
