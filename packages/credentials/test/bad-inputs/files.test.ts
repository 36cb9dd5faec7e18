import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { link, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromClientCertificate, fromWorkloadIdentity } from '@aml-auth/credentials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTokenFile } from '../../src/workload-identity/read-token-file.js';
import { makeCertificate, type MadeCertificate } from '../support/make-certificate.js';
import { neverFetch } from '../support/never-fetch.js';
import { expectPrintable, failureOf } from '../support/outcome.js';
import { PFX_SAMPLES } from '../support/pfx-samples.js';

const ID = '11111111-1111-4111-8111-111111111111';
const ARM = 'https://management.azure.com/.default';
const JWT = `${'a'.repeat(40)}.${'b'.repeat(400)}.${'c'.repeat(300)}`;

let folder: string;
let root: MadeCertificate;
let leaf: MadeCertificate;
let expired: MadeCertificate;
let ec: MadeCertificate;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  root = await makeCertificate({ name: 'root' });
  [leaf, expired, ec] = await Promise.all([
    makeCertificate({ name: 'leaf', issuedBy: root }),
    makeCertificate({ name: 'expired', expires: Date.now() - 1_000 }),
    makeCertificate({ name: 'ec', key: 'ec' }),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

describe('a federated token file', () => {
  const failing = async (path: string) => {
    const { fetch, asked } = neverFetch();
    const credential = fromWorkloadIdentity({
      tenantId: ID,
      clientId: ID,
      tokenFilePath: path,
      env: {},
      fetch,
    });
    const error = await failureOf(() => credential.getToken(ARM));
    expect(asked).toEqual([]);
    return error;
  };

  it('that is missing lets a chain go on', async () => {
    expect(await failing(at('missing'))).toMatchObject({ code: 'AML_UNAVAILABLE', disposition: 'skip' });
  });

  it.each([
    ['that is empty', ''],
    ['of blanks', ' \n \n'],
    ['of NUL bytes', '\0'.repeat(100)],
    ['with half a token', JWT.slice(0, 100)],
    ['with two tokens', `${JWT}\n${JWT}`],
    ['of a megabyte', 'a.b.c'.repeat(200_000)],
  ])('%s stops it', async (_what, text) => {
    await writeFile(at('token'), text);
    const error = await failing(at('token'));
    expect(error.code).toBe('AML_CONFIG_INVALID');
    expectPrintable(error, [JWT.slice(0, 100)]);
  });

  it('that is a folder stops it', async () => {
    expect((await failing(folder)).code).toBe('AML_CONFIG_INVALID');
  });

  it('that is a pipe, or a device, stops it without waiting', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    for (const path of [at('pipe'), '/dev/zero']) {
      expect((await failing(path)).code).toBe('AML_CONFIG_INVALID');
    }
  });

  it('with line ends of Windows, a byte-order mark, or behind links is read', async () => {
    await writeFile(at('windows'), `\ufeff${JWT}\r\n`);
    await symlink(at('windows'), at('symbolic'));
    await link(at('windows'), at('hard'));
    for (const name of ['windows', 'symbolic', 'hard']) expect(await readTokenFile(at(name))).toBe(JWT);
  });

  it('that is replaced while it is read gives the old token or the new one, never a mixture', async () => {
    const other = JWT.replaceAll('b', 'x');
    await writeFile(at('rotated'), JWT);
    const reads: Promise<string>[] = [];
    for (let round = 0; round < 40; round += 1) {
      reads.push(readTokenFile(at('rotated')));
      await writeFile(at('next'), round % 2 === 0 ? other : JWT);
      reads.push(readTokenFile(at('rotated')));
      await rename(at('next'), at('rotated'));
    }
    for (const token of await Promise.all(reads)) expect([JWT, other]).toContain(token);
  });

  it('that is written in place gives a token or a typed error', async () => {
    await writeFile(at('inplace'), JWT);
    await truncate(at('inplace'), 50);
    expect((await failureOf(() => readTokenFile(at('inplace')))).code).toBe('AML_CONFIG_INVALID');
    await writeFile(at('inplace'), JWT);
    expect(await readTokenFile(at('inplace'))).toBe(JWT);
  });
});

describe('a certificate file', () => {
  /** How far a sign-in gets: the error before a request, or `sent`. */
  async function outcome(content: string | Buffer, certificatePassword?: string): Promise<string> {
    await writeFile(at('certificate'), content);
    const { fetch, asked } = neverFetch();
    const options = {
      tenantId: ID,
      clientId: ID,
      certificatePath: at('certificate'),
      certificatePassword,
      fetch,
    };
    const error = await failureOf(() => fromClientCertificate({ ...options, timeLimitMs: 1 }).getToken(ARM));
    expectPrintable(error, [leaf.privateKey.slice(40, 90), 'Pa55word!']);
    return asked.length > 0 ? 'sent' : `${error.code}: ${error.message}`;
  }

  it('with an encrypted key needs its password', async () => {
    const pem = leaf.certificate + leaf.encryptedKey('Pa55word!');
    expect(await outcome(pem)).toMatch(
      /AML_CONFIG_INVALID: .* has an encrypted key and no password is given/,
    );
    expect(await outcome(pem, 'wrong')).toMatch(
      /AML_CONFIG_INVALID: .* has a private key that cannot be read/,
    );
    expect(await outcome(pem, 'Pa55word!')).toBe('sent');
  });

  it('with many certificates, in any order, with line ends of Windows, signs in', async () => {
    const parts = [root.certificate, leaf.privateKey, ec.certificate, leaf.certificate, root.certificate];
    expect(await outcome(parts.join(''))).toBe('sent');
    expect(await outcome(parts.reverse().join('').replaceAll('\n', '\r\n'))).toBe('sent');
  });

  it.each([
    [
      'in DER, without a key',
      () => Buffer.from(leaf.certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
      /no PKCS #12 file/,
    ],
    [
      'with a key in DER',
      () => createPrivateKey(leaf.privateKey).export({ type: 'pkcs8', format: 'der' }),
      /no PKCS #12 file/,
    ],
    ['out of date', () => expired.certificate + expired.privateKey, /expired on \d{4}-/],
    ['with an elliptic curve', () => ec.certificate + ec.privateKey, /has a key of type ec/],
    [
      'whose key is another one',
      () => root.certificate + leaf.privateKey,
      /no certificate that belongs to its private key/,
    ],
    ['that is empty', () => '', /has no private key/],
    ['that is cut off', () => (leaf.certificate + leaf.privateKey).slice(0, -200), /has no private key/],
    ['of NUL bytes', () => Buffer.alloc(5_000), /has no private key/],
    ['of two megabytes', () => 'x'.repeat(2_000_000), /too large/],
  ])('%s is refused before anything is sent', async (_what, content, problem) => {
    expect(await outcome(content())).toMatch(problem);
  });

  it('as PFX with an empty password signs in, without a password and with an empty one', async () => {
    const pfx = Buffer.from(PFX_SAMPLES.emptyPassword, 'base64');
    expect(await outcome(pfx)).toBe('sent');
    expect(await outcome(pfx, '')).toBe('sent');
    expect(await outcome(pfx, 'x')).toMatch(/cannot be opened with this password/);
  });
});
