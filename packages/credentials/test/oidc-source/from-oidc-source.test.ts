import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { fromOidcSource, type OidcSource } from '@aml-auth/credentials';
import { createExternalIssuer, startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { describeCredential } from '@aml-auth/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAssertionServer, type AssertionServer } from '../support/assertion-server.js';
import { programFolder, type ProgramFolder } from '../support/program.js';

const ARM = 'https://management.azure.com/.default';
const ISSUER = 'https://gitlab.example';
const SUBJECT = 'project_path:contoso/train:ref_type:branch:ref:main';

let emulator: Emulator;
let server: AssertionServer;
let programs: ProgramFolder;
let folder: string;
let sign: () => Promise<string>;
beforeAll(async () => {
  const issuer = await createExternalIssuer({ issuer: ISSUER });
  sign = () => issuer.sign({ sub: SUBJECT, aud: 'api://AzureADTokenExchange' });
  emulator = await startEmulator({
    seed: {
      tenants: [
        { name: 'contoso', apps: [{ name: 'job', federated: [{ issuer: ISSUER, subject: SUBJECT }] }] },
      ],
      issuers: [{ issuer: ISSUER, keys: issuer.jwks }],
    },
  });
  trustEmulator(emulator);
  server = await startAssertionServer();
  programs = await programFolder();
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(async () => {
  await emulator.close();
  await server.close();
  await programs.remove();
  await rm(folder, { recursive: true });
});

function subject(source: OidcSource, env: Record<string, string> = {}) {
  const { tenantId, clientId } = emulator.app('job');
  return fromOidcSource({ tenantId, clientId, source, env, cloud: emulator.cloud });
}

describe('fromOidcSource', () => {
  it('takes the token from a service, as text or as a field', async () => {
    const headers = { authorization: 'Bearer job-secret' };
    server.answer = { status: 200, body: await sign() };
    await subject({ url: `${server.origin}/token`, headers }).getToken(ARM);
    server.answer = { status: 200, body: JSON.stringify({ jwt: await sign() }) };
    await subject({ url: `${server.origin}/token?aud=x`, method: 'POST', field: 'jwt' }).getToken(ARM);
    expect(
      server.requests.map(({ method, url, headers: sent }) => [method, url, sent.authorization]),
    ).toEqual([
      ['GET', '/token', 'Bearer job-secret'],
      ['POST', '/token?aud=x', undefined],
    ]);
  });

  it('takes the token from a file, read anew, as text or as a field', async () => {
    const file = join(folder, 'token');
    const credential = subject({ file });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      disposition: 'skip',
    });
    await writeFile(file, `\ufeff${await sign()}\r\n`);
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
    await writeFile(file, JSON.stringify({ subject_token: await sign() }));
    expect((await subject({ file, field: 'subject_token' }).getToken(ARM)).tokenType).toBe('Bearer');
  });

  it('takes the token from a variable when it is asked, not before', async () => {
    const env: Record<string, string> = {};
    const credential = subject({ variable: 'AZURE_ID_TOKEN' }, env);
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: 'AML_NOT_CONFIGURED',
      message: 'AZURE_ID_TOKEN is not set.',
    });
    env['AZURE_ID_TOKEN'] = await sign();
    expect((await credential.getToken(ARM)).tokenType).toBe('Bearer');
  });

  it('takes the token from a program, and shows nothing of its stderr', async () => {
    const program = await programs.make(
      'oidc',
      `if (process.argv[2] === 'fail') { console.error('S3cret'); process.exit(3); }
       console.log(process.argv[2] === 'json' ? JSON.stringify({ id_token: process.env.JWT }) : process.env.JWT);`,
    );
    const env = { JWT: await sign() };
    await subject({ program, args: ['text'] }, env).getToken(ARM);
    await subject({ program, args: ['json'], field: 'id_token' }, env).getToken(ARM);
    const error: unknown = await subject({ program, args: ['fail'] }, env)
      .getToken(ARM)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'AML_CREDENTIAL_REJECTED',
      message: `The program ${program} gave no token (3).`,
    });
    expect(inspect(error, { depth: 9 })).not.toContain('S3cret');
    await expect(subject({ program: join(folder, 'none') }).getToken(ARM)).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
    });
  });

  it.each([
    [403, '{}', 'AML_CREDENTIAL_REJECTED'],
    [200, '<html>sign in</html>', 'AML_CONFIG_INVALID'],
    [200, '', 'AML_CONFIG_INVALID'],
    [302, '', 'AML_CREDENTIAL_REJECTED'],
  ])('has a typed error where the service answers %i %j', async (status, body, code) => {
    server.answer = { status, body };
    const headers = { 'x-vault-token': 'S3cret-vault' };
    const error: unknown = await subject({ url: server.origin, headers })
      .getToken(ARM)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect(inspect(error, { depth: 9 })).not.toContain('S3cret');
  });

  it.each(['http://token.example/', 'file:///etc/passwd', 'gopher://x/', 'not a url'])(
    'sends nothing to %s',
    async (url) => {
      await expect(subject({ url }).getToken(ARM)).rejects.toMatchObject({ code: 'AML_CONFIG_INVALID' });
    },
  );

  it.each([
    [{}],
    [{ url: 'https://x.example', file: '/x' }],
    [{ file: '' }],
    [{ variable: 1 }],
    [{ program: 'oidc' }],
    [undefined],
  ])('refuses the source %j', (source) => {
    expect(() => subject(source as unknown as OidcSource)).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });
});

describeCredential('fromOidcSource', async () => {
  const token = await sign();
  const source = await startAssertionServer();
  source.answer = { status: 200, body: token };
  return {
    credential: subject({ url: source.origin, headers: { authorization: 'Bearer S3cret-of-the-job' } }),
    scope: ARM,
    secrets: [token, 'S3cret-of-the-job'],
    close: () => source.close(),
  };
});
