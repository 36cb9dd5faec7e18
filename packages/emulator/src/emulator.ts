import type { Clock, Cloud, Logger } from '@aml-auth/core';

import type { Exchange } from './core/exchange.js';
import type { Random } from './core/random.js';
import type { EmulatorSnapshot } from './core/store.js';
import type { EmulatorSeed } from './seed/emulator-seed.js';
import type { CertificateAuthority } from './tls/certificate-authority.js';

/** Options of `startEmulator`. */
export interface EmulatorOptions {
  /** What the cloud holds: an object, or YAML or JSON text. Default: `demoSeed`. */
  readonly seed?: EmulatorSeed | string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** What tokens, secrets and records count time by. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Where ids of requests and tokens come from. Default: the operating system. */
  readonly random?: Random | undefined;
  /** Certifies the emulator's name. Default: a new one, or the one in `stateDir`. */
  readonly authority?: CertificateAuthority | undefined;
  /**
   * A folder that keeps the certificate authority and the signing key between runs (modes 0700 and
   * 0600), so that trust and tokens outlive the process. Default: nothing is kept.
   */
  readonly stateDir?: string | undefined;
  /** Most items in one page of a list. Default: everything in one page. */
  readonly pageSize?: number | undefined;
  readonly logger?: Logger | undefined;
}

/** A tenant of the emulator. */
export interface EmulatorTenant {
  readonly id: string;
  readonly name: string;
  /** Its initial domain. */
  readonly domain: string;
}

/** An application of the emulator. */
export interface EmulatorApp {
  readonly tenantId: string;
  readonly clientId: string;
  /** Object id of the service principal: what roles are assigned to. */
  readonly objectId: string;
  /** Object id of the registration. */
  readonly applicationId: string;
  /** Its first client secret in the seed; undefined where it has none. */
  readonly secret: string | undefined;
}

/** A user or group of the emulator. */
export interface EmulatorPrincipal {
  readonly id: string;
  readonly tenantId: string;
  /** User principal name, or name of the group. */
  readonly name: string;
}

/** A subscription of the emulator. */
export interface EmulatorSubscription {
  readonly id: string;
  readonly tenantId: string;
}

/** A workspace of the emulator. */
export interface EmulatorWorkspace {
  /** Its resource id. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  /** Object id of its system-assigned managed identity. */
  readonly principalId: string | undefined;
}

/** A running emulator. Look-ups by name throw an `AmlAuthError` where there is no such thing. */
export interface Emulator {
  /** `https://localhost:PORT`: authority, Resource Manager, and the token audience of the latter. */
  readonly origin: string;
  readonly port: number;
  /** The certificate authority to trust. PEM. */
  readonly ca: string;
  /** The emulated cloud, for everything of aml-auth that takes a `Cloud`. */
  readonly cloud: Cloud;
  /** The id and domain of a tenant; default: the first one. */
  readonly tenant: (name?: string) => EmulatorTenant;
  /** An application by name, or by `{tenant}/{name}`. */
  readonly app: (name: string) => EmulatorApp;
  readonly user: (upn: string) => EmulatorPrincipal;
  readonly group: (name: string) => EmulatorPrincipal;
  /** A subscription by name; default: the first one. */
  readonly subscription: (name?: string) => EmulatorSubscription;
  /** A workspace by name, or by `{resource group}/{name}`; default: the first one. */
  readonly workspace: (name?: string) => EmulatorWorkspace;
  /**
   * The environment variables that send unmodified clients here, for a child process. Names of trust
   * files are among them; the files last until `close()`, or stay in `stateDir`.
   *
   * @param appName - whose id and secret; default: the first application
   */
  readonly env: (appName?: string) => Record<string, string>;
  /** `fetch` that goes to the emulator without a socket. Other hosts are refused. */
  readonly fetch: typeof fetch;
  /** The latest exchanges, oldest first; no secret in them. */
  readonly requests: readonly Exchange[];
  /** All of the state as plain JSON. */
  readonly snapshot: () => EmulatorSnapshot;
  /** Puts everything back as it was. Tokens that were issued stay valid. */
  readonly restore: (snapshot: EmulatorSnapshot) => void;
  /** Ends all connections, frees the port and removes temporary files. May be called twice. */
  readonly close: () => Promise<void>;
}
