import type { IdentityHost } from '../core/resource-rows.js';
import type { Store } from '../core/store.js';
import { HOST_PATHS } from './host-paths.js';
import { identitiesOf } from './identities-of.js';
import { submitterOf } from './submitter-of.js';

/** What the variables of a host are made from. */
export interface HostEnvironmentOptions {
  readonly store: Store;
  readonly host: IdentityHost;
  readonly port: number;
  readonly secret: string;
  /** Milliseconds since the epoch: jobs come and go. */
  readonly now: number;
  /** SHA-1 of the emulator's certificate, in hexadecimal. */
  readonly thumbprint: string;
}

/** The environment variables that a process on the host finds. */
export function hostEnvironment(options: HostEnvironmentOptions): Record<string, string> {
  const { host, port, secret, store, thumbprint } = options;
  const address = `127.0.0.1:${port}/hosts/${host.name}`;
  const base = `http://${address}`;
  switch (host.kind) {
    case 'vm':
      return {
        AZURE_POD_IDENTITY_AUTHORITY_HOST: isFirstMachine(store, host) ? `http://127.0.0.1:${port}` : base,
      };
    case 'app-service':
      return { IDENTITY_ENDPOINT: `${base}/${HOST_PATHS.appService}`, IDENTITY_HEADER: secret };
    case 'aml-compute':
      return {
        MSI_ENDPOINT: `${base}/${HOST_PATHS.azureMl}`,
        MSI_SECRET: secret,
        // Without an identity this literal text stands there, and clients send it along.
        DEFAULT_IDENTITY_CLIENT_ID: identitiesOf(store, host)[0]?.appId ?? 'clientid',
        ...(submitterOf(store, host, options.now) === null
          ? {}
          : { OBO_ENDPOINT: `${base}/${HOST_PATHS.onBehalfOf}` }),
      };
    case 'aml-online-endpoint':
      return { MSI_ENDPOINT: `${base}/${HOST_PATHS.azureMl}`, MSI_SECRET: secret };
    case 'cloud-shell':
      return { MSI_ENDPOINT: `${base}/${HOST_PATHS.cloudShell}` };
    case 'arc':
      return { IDENTITY_ENDPOINT: `${base}/${HOST_PATHS.imds}`, IMDS_ENDPOINT: base };
    case 'service-fabric':
      return {
        IDENTITY_ENDPOINT: `https://${address}/${HOST_PATHS.imds}`,
        IDENTITY_HEADER: secret,
        IDENTITY_SERVER_THUMBPRINT: thumbprint,
      };
  }
}

/** Some clients drop the path of the variable, so that one machine answers at the bare address as well. */
function isFirstMachine(store: Store, host: IdentityHost): boolean {
  return store.list('hosts').find(({ kind }) => kind === 'vm')?.name === host.name;
}
