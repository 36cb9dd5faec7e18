import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromClientSecret, fromDeviceCode, fromManagedIdentity } from '@aml-auth/credentials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArcKey } from '../../src/managed-identity/sources/read-arc-key.js';
import { neverFetch } from '../support/never-fetch.js';
import { failureOf } from '../support/outcome.js';

const ID = '11111111-1111-4111-8111-111111111111';
const ARM = 'https://management.azure.com/.default';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a claims challenge', () => {
  it.each([
    ['in base64', Buffer.from('{"access_token":{}}').toString('base64')],
    ['in base64url', Buffer.from('{"access_token":{"a":"?>"}}').toString('base64url')],
    ['that is no JSON', '{access_token}'],
    ['that is a list', '[]'],
    ['that is a text', '"claims"'],
    ['with a header behind it', '{"access_token":{}}\r\nX-Evil: 1 "'],
  ])('%s is refused before anything is sent', async (_what, claims) => {
    for (const enableCae of [false, true]) {
      const person = neverFetch();
      const device = fromDeviceCode({ onPrompt: () => undefined, fetch: person.fetch });
      expect((await failureOf(() => device.getToken(ARM, { claims, enableCae }))).code).toBe(
        'AML_CONFIG_INVALID',
      );
      expect(person.asked).toEqual([]);
      const application = neverFetch();
      const secret = fromClientSecret({
        tenantId: ID,
        clientId: ID,
        clientSecret: 's',
        fetch: application.fetch,
      });
      expect((await failureOf(() => secret.getToken(ARM, { claims, enableCae }))).code).toBe(
        'AML_CONFIG_INVALID',
      );
      expect(application.asked).toEqual([]);
    }
  });
});

describe('a challenge of the Azure Arc agent', () => {
  const arc = (challenge: string | undefined) => {
    const asked: Headers[] = [];
    const credential = fromManagedIdentity({
      env: { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/token', IMDS_ENDPOINT: 'http://127.0.0.1:1' },
      fetch: (_input, init) => {
        asked.push(new Headers(init?.headers));
        const headers: Record<string, string> =
          challenge === undefined ? {} : { 'www-authenticate': challenge };
        return Promise.resolve(new Response('', { status: 401, headers }));
      },
    });
    return { asked, credential };
  };

  it.each([
    ['of sixteen kilobytes of words', `Basic realm=${'word '.repeat(3_300)}`],
    ['of sixteen kilobytes without a realm', 'a='.repeat(8_000)],
    ['of another scheme', 'Bearer realm=/var/opt/azcmagent/tokens/a.key'],
    ['in quotes of the wrong kind', "Basic realm='/var/opt/azcmagent/tokens/a.key'"],
    ['with a second one behind it', 'Basic realm=/var/opt/azcmagent/tokens/a.key, Basic realm=/etc/passwd'],
    ['that names a file of the system', 'Basic realm=/etc/passwd'],
    ['that climbs out of the folder', 'Basic realm=/var/opt/azcmagent/tokens/../../../../etc/shadow.key'],
    ['that names another machine', String.raw`Basic realm=\\evil.example\share\a.key`],
    ['that names a device', 'Basic realm=/dev/zero'],
    [
      'that names an authority',
      'Basic realm=https://evil.example/a.key, authorization_uri=https://evil.example',
    ],
    ['that is missing', undefined],
  ])('%s reads no file, and nothing more is sent', async (_what, challenge) => {
    const { asked, credential } = arc(challenge);
    const error = await failureOf(() => credential.getToken(ARM));
    expect(['AML_RESPONSE_INVALID', 'AML_CREDENTIAL_REJECTED', 'AML_UNAVAILABLE']).toContain(error.code);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.get('authorization')).toBeNull();
  });

  it('that names a link, or a large file, elsewhere is refused by its place alone', async () => {
    const large = join(folder, 'large.key');
    await writeFile(large, 'x'.repeat(5_000));
    const link = join(folder, 'link.key');
    await symlink('/etc/passwd', link);
    for (const path of [large, link]) {
      expect((await failureOf(() => readArcKey(`Basic realm=${path}`))).code).toBe('AML_RESPONSE_INVALID');
    }
  });
});
