import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';

import { createCertificateAuthority, writeTrustFiles } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTruststore, TRUSTSTORE_PASSWORD } from '../../src/tls/truststore.js';

const run = promisify(execFile);
const hasKeytool = spawnSync('keytool', ['-help']).status === 0;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let folder: string;
let file: string;
let authority: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  file = join(folder, 'store.p12');
  authority = (await createCertificateAuthority()).certificate;
  const own = { alias: 'Ünïcode name', certificate: authority };
  const root = { alias: 'root', certificate: rootCertificates[0]! };
  await writeFile(file, createTruststore([own, root], TRUSTSTORE_PASSWORD));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!hasKeytool)(`Java${hasKeytool ? '' : ' (skipped: keytool is not installed)'}`, () => {
  const keytool = (store: string, ...args: string[]) =>
    run('keytool', ['-list', '-keystore', store, '-storetype', 'PKCS12', '-storepass', ...args], {
      env: { ...process.env, JAVA_TOOL_OPTIONS: '-Duser.language=en -Dfile.encoding=UTF-8' },
    });

  test('takes every certificate for a trusted one', async () => {
    const { stdout } = await keytool(file, TRUSTSTORE_PASSWORD, '-rfc');
    expect(stdout.match(/Entry type: trustedCertEntry/g)).toHaveLength(2);
    const base64 = authority.replaceAll(/-----[^-]+-----|\s/g, '');
    expect(stdout.replaceAll(/\s/g, '')).toContain(base64);
  });

  test('notices a wrong password, and a byte that changed', async () => {
    await expect(keytool(file, 'wrong-password')).rejects.toThrow();
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300);
    const damaged = join(folder, 'damaged.p12');
    await writeFile(damaged, bytes);
    await expect(keytool(damaged, TRUSTSTORE_PASSWORD)).rejects.toThrow();
  });

  test('finds the roots of Node.js and the authority in truststore.p12', async () => {
    const { truststore, bundle } = writeTrustFiles(authority, join(folder, 'trust'));
    const { stdout } = await keytool(truststore, TRUSTSTORE_PASSWORD);
    const inBundle = (await readFile(bundle, 'utf8')).match(/BEGIN CERTIFICATE/g)?.length;
    expect(stdout).toContain(`Your keystore contains ${inBundle} entries`);
    expect(stdout).toContain('aml-auth-emulator');
  });
});

describe.skipIf(!hasOpenssl)(`OpenSSL${hasOpenssl ? '' : ' (skipped: openssl is not installed)'}`, () => {
  test('reads the file and confirms its integrity', async () => {
    const args = ['pkcs12', '-in', file, '-nokeys', '-info', '-passin', `pass:${TRUSTSTORE_PASSWORD}`];
    const { stdout, stderr } = await run('openssl', args);
    expect(stderr).toMatch(/MAC: sha256, Iteration 10000/);
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });
});
