import { X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { publicCloud, type Cloud } from '@aml-auth/core';
import { createCertificateAuthority, startEmulator, trustEmulator } from '@aml-auth/emulator';
import { exportJWK } from 'jose';
import { Provider } from 'oidc-provider';

/** An authorization server that nobody here wrote, at the paths of a tenant of Microsoft Entra ID. */
export interface IndependentServer {
  readonly origin: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  /** Proves itself by the key of `certificate`. */
  readonly confidentialId: string;
  /** Proves nothing: PKCE and device codes. */
  readonly publicId: string;
  /** What was answered, as `METHOD path status`. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const CONFIDENTIAL = 'bbbbbbbb-0000-4000-8000-000000000001';
const PUBLIC = 'bbbbbbbb-0000-4000-8000-000000000002';
const PERSON = 'cccccccc-0000-4000-8000-000000000001';

/** @param certificate - PEM of the confidential client's certificate */
export async function startIndependentServer(certificate: string): Promise<IndependentServer> {
  const authority = await createCertificateAuthority();
  // Trust is for a whole authority: a short-lived emulator has this process trust it.
  const emulator = await startEmulator({ authority });
  trustEmulator(emulator);
  await emulator.close();

  const { certificate: cert, privateKey: key } = await authority.issueLeaf();
  const server = createServer({ cert, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const log: string[] = [];
  server.on('request', await requestListener(origin, certificate, log));
  return {
    origin,
    tenantId: TENANT,
    cloud: { ...publicCloud, authorityHost: origin },
    confidentialId: CONFIDENTIAL,
    publicId: PUBLIC,
    log,
    close: () => closed(server),
  };
}

async function requestListener(origin: string, certificate: string, log: string[]) {
  const jwk = await exportJWK(new X509Certificate(certificate).publicKey);
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: CONFIDENTIAL,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'PS256',
        jwks: { keys: [{ ...jwk, alg: 'PS256', use: 'sig' } as never] },
      },
      {
        client_id: PUBLIC,
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        redirect_uris: ['http://localhost'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    scopes: ['openid', 'profile', 'offline_access', 'https://ml.azure.com/.default'],
    enabledJWA: { clientAuthSigningAlgValues: ['PS256', 'RS256'] },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
    },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    routes: {
      authorization: `/${TENANT}/oauth2/v2.0/authorize`,
      token: `/${TENANT}/oauth2/v2.0/token`,
      device_authorization: `/${TENANT}/oauth2/v2.0/devicecode`,
      code_verification: '/device',
    },
  });
  provider.use(async (context, next) => {
    await next();
    log.push(`${context.method} ${context.path.split('/').at(-1) ?? ''} ${context.status}`);
    // `client_info` is Microsoft's own: it tells whose tokens these are.
    const body = context.body as Record<string, unknown> | undefined;
    if (context.path.endsWith('/token') && body?.['refresh_token'] !== undefined) {
      const info = Buffer.from(JSON.stringify({ uid: PERSON, utid: TENANT })).toString('base64url');
      context.body = { ...body, client_info: info };
    }
  });
  const callback = provider.callback();
  return (request: Parameters<typeof callback>[0], response: Parameters<typeof callback>[1]): void =>
    void callback(request, response);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
