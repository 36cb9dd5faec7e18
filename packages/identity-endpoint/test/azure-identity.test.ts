import { AmlAuthError } from '@aml-auth/core';
import { serveIdentity, type IdentityStyle } from '@aml-auth/identity-endpoint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runClient } from './run-client.js';
import { CLIENT_ID, EXPIRES, testCredential, TOKEN } from './test-credential.js';

const SCOPE = 'https://ml.azure.com/.default';
const STYLES: readonly IdentityStyle[] = ['appService', 'azureML', 'imds'];

async function serve(...[options]: Parameters<typeof serveIdentity>) {
  const endpoint = await serveIdentity(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
}

describe.each(STYLES)('ManagedIdentityCredential of @azure/identity, %s', { timeout: 60_000 }, (style) => {
  it('gets the token and its expiry', async () => {
    const credential = testCredential();
    const { env } = await serve({ credential, style });
    expect(JSON.stringify(env)).not.toContain(TOKEN);
    const given = await runClient(env, SCOPE);
    expect(given).toMatchObject({ token: TOKEN });
    // It turns the time into a duration and back, in whole seconds, and the clock may have gone on by one in between.
    const expiry = Math.floor(EXPIRES / 1000) * 1000;
    expect([expiry, expiry - 1_000]).toContain((given as { expiresOnTimestamp: number }).expiresOnTimestamp);
    expect(credential.asked).toEqual([SCOPE]);
  });

  it('gets it by the client id that is served, and not by another', async () => {
    const { env } = await serve({ credential: testCredential(), style });
    await expect(runClient(env, SCOPE, CLIENT_ID)).resolves.toMatchObject({ token: TOKEN });
    const other = await runClient(env, SCOPE, '00000000-0000-0000-0000-000000000009');
    expect(other.token).toBeUndefined();
    expect(other.error).toMatch(/Identity not found/);
  });

  it('reads why there is no token, and what to do', async () => {
    const credential = testCredential(() =>
      Promise.reject(
        new AmlAuthError({
          code: 'AML_CREDENTIAL_REJECTED',
          message: 'The client secret has expired.',
          remedy: 'Create a new one.',
        }),
      ),
    );
    const { env } = await serve({ credential, style });
    const { error } = await runClient(env, SCOPE);
    expect(error).toContain('AML_CREDENTIAL_REJECTED: The client secret has expired. Create a new one.');
  });
});
