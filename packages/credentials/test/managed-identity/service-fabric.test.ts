import { X509Certificate } from 'node:crypto';
import { fromManagedIdentity } from '@aml-auth/credentials';
import { createCertificateAuthority } from '@aml-auth/emulator';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startRecordingServer, type RecordingServer } from '../wire/recorders.js';

const ARM = 'https://management.azure.com/.default';

let server: RecordingServer;
let thumbprint: string;
beforeEach(async () => {
  // Nobody here trusts this authority.
  const { certificate: cert, privateKey: key } = await (await createCertificateAuthority()).issueLeaf();
  thumbprint = new X509Certificate(cert).fingerprint;
  server = await startRecordingServer(
    (response) => void response.end(JSON.stringify({ access_token: 'token', expires_in: 3600 })),
    { cert, key },
  );
});
afterEach(() => server.close());

const clusterWith = (value: string) =>
  fromManagedIdentity({
    env: {
      IDENTITY_ENDPOINT: `${server.origin}/token`,
      IDENTITY_HEADER: 's3cret',
      IDENTITY_SERVER_THUMBPRINT: value,
    },
    timeLimitMs: 5_000,
  });

it('trusts the certificate of the cluster by its thumbprint alone', async () => {
  expect((await clusterWith(thumbprint).getToken(ARM)).token).toBe('token');
  expect(server.sent).toHaveLength(1);
});

it('sends nothing to a server with another certificate', async () => {
  const other = `${thumbprint.slice(0, -2)}${thumbprint.endsWith('00') ? '11' : '00'}`;
  await expect(clusterWith(other).getToken(ARM)).rejects.toMatchObject({
    code: 'AML_NETWORK',
    message: expect.stringContaining('certificate is not trusted') as string,
  });
  expect(server.sent).toEqual([]);
});
