import type { Clock, Cloud, Logger } from '@aml-auth/core';

import type { EmulatorClock } from './control/emulator-clock.js';
import type { EmulatorClient } from './client-variables.js';
import type { FaultControl } from './control/faults/fault-rule.js';
import type { Exchange } from './core/exchange.js';
import type { Random } from './core/random.js';
import type { EmulatorSnapshot } from './core/store.js';
import type { HostKind } from './core/resource-rows.js';
import type { EmulatorSeed } from './seed/emulator-seed.js';
import type { CertificateAuthority } from './tls/certificate-authority.js';

/** Options of `startEmulator`. */
export interface EmulatorOptions {
  /** What the cloud holds: an object, or YAML or JSON text. Default: `demoSeed`. */
  readonly seed?: EmulatorSeed | string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /**
   * What the emulator's clock goes by, until it is told otherwise with `clock` of the seed or of the
   * emulator. Default: the machine's clock.
   */
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
  /**
   * Makes the port a forward proxy that stands in for the hosts of Azure's public cloud, so that clients need
   * a proxy and a certificate authority in their environment and nothing else (`env()` has both). The
   * authority is another than without it: it may certify these hosts, and is never kept. Default false.
   */
  readonly proxy?: boolean | undefined;
  /**
   * Hosts beyond this machine that the proxy lets through, such as `pypi.org` or `pypi.org:443`. Every other
   * one gets status 502. Default: none.
   */
  readonly passthrough?: readonly string[] | undefined;
  /** Most items in one page of a list. Default: everything in one page. */
  readonly pageSize?: number | undefined;
  /**
   * Whether lists of Azure Resource Manager give an empty page with a `nextLink` before each one that has
   * items. Legal, rare, and what clients trip over. Default false.
   */
  readonly emptyPages?: boolean | undefined;
  /**
   * Whether `requests` and the inspector show passwords, secrets, codes and tokens as they were sent.
   * Default false: they are redacted.
   */
  readonly unsafelyRecordSecrets?: boolean | undefined;
  /**
   * Told of failures of the emulator itself (`emulator.failed`), connections that fail (`emulator.tls.failed`,
   * `emulator.connection.lost`) and hosts that the proxy refuses (`emulator.proxy.refused`). Default: nobody.
   */
  readonly logger?: Logger | undefined;
}

/** How an operation is to end that must not succeed. */
export interface OperationFailureOptions {
  /** Resource type, such as `Microsoft.MachineLearningServices/workspaces`, or resource id. Default: any. */
  readonly resource?: string | undefined;
  /** Default `Failed`. */
  readonly outcome?: 'Failed' | 'Canceled' | undefined;
  /** `error.code`. Default `OperationFailed` or `OperationCanceled`. */
  readonly code?: string | undefined;
  /** `error.message`. Default: one that names the outcome. */
  readonly message?: string | undefined;
}

/** A tenant of the emulator. */
export interface EmulatorTenant {
  /** Tenant id (GUID). */
  readonly id: string;
  /** As in the seed. */
  readonly name: string;
  /** Its initial domain. */
  readonly domain: string;
}

/** An application of the emulator. */
export interface EmulatorApp {
  /** The tenant that it is registered in. */
  readonly tenantId: string;
  /** The application (client) id. */
  readonly clientId: string;
  /** Object id of the service principal: what roles are assigned to. */
  readonly objectId: string;
  /** Object id of the registration. */
  readonly applicationId: string;
  /** Its first client secret in the seed; undefined where it has none. */
  readonly secret: string | undefined;
  /** The first certificate that the seed had `generate`; undefined where there is none. */
  readonly certificate: EmulatorCertificate | undefined;
}

/** A certificate that the emulator made for an application, as its clients need it. */
export interface EmulatorCertificate {
  /** The certificate. PEM. */
  readonly pem: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** SHA-1 of the certificate, 40 hexadecimal digits. */
  readonly thumbprint: string;
  /** SHA-256 of the certificate, 64 hexadecimal digits. */
  readonly thumbprintSha256: string;
}

/** A user of the emulator. */
export interface EmulatorUser extends EmulatorPrincipal {
  /** The password in the seed; undefined where there is none. */
  readonly password: string | undefined;
}

/** Who signs in, and where. */
export interface SignInOptions {
  /** User principal name; `alice@contoso` is short for `alice@contoso.onmicrosoft.com`. */
  readonly upn: string;
  /** The URL that a client opens in a browser. */
  readonly url: string;
  /** Default: the password in the seed. */
  readonly password?: string | undefined;
  /** What a user enters whose password has expired or must be changed. Default: none, and the sign-in fails. */
  readonly newPassword?: string | undefined;
}

/** What a browser would do at the end of a sign-in: how the client gets its answer. */
export interface SignInResult {
  /** `GET` for a redirect, `POST` for a form. */
  readonly method: 'GET' | 'POST';
  /** The address with everything in it, or where the form goes. */
  readonly url: string;
  /** `code` and `state`, or `error` and `error_description`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A user or group of the emulator. */
export interface EmulatorPrincipal {
  /** Object id. */
  readonly id: string;
  /** The tenant that it belongs to. */
  readonly tenantId: string;
  /** User principal name, or name of the group. */
  readonly name: string;
}

/** A subscription of the emulator. */
export interface EmulatorSubscription {
  /** Subscription id (GUID), without `/subscriptions/`. */
  readonly id: string;
  /** The tenant that it trusts. */
  readonly tenantId: string;
}

/** A workspace of the emulator. */
export interface EmulatorWorkspace {
  /** Its resource id. */
  readonly id: string;
  /** Subscription id (GUID). */
  readonly subscriptionId: string;
  /** Name of its resource group. */
  readonly resourceGroup: string;
  /** As in the seed. */
  readonly name: string;
  /** Object id of its system-assigned managed identity. */
  readonly principalId: string | undefined;
}

/** A user-assigned managed identity of the emulator. */
export interface EmulatorIdentity {
  /** Its resource id. */
  readonly id: string;
  /** As in the seed. */
  readonly name: string;
  /** Object id of its service principal: what roles are assigned to. */
  readonly principalId: string;
  /** The client id by which programs ask for it. */
  readonly clientId: string;
}

/** A compute of the emulator. */
export interface EmulatorCompute {
  /** Its resource id. */
  readonly id: string;
  /** As in the seed. */
  readonly name: string;
  /** Resource id of its workspace. */
  readonly workspaceId: string;
  /** Object id of its system-assigned managed identity. */
  readonly principalId: string | undefined;
}

/** An online endpoint of the emulator. */
export interface EmulatorEndpoint {
  /** Its resource id. */
  readonly id: string;
  /** As in the seed. */
  readonly name: string;
  /** Resource id of its workspace. */
  readonly workspaceId: string;
  /** Where it is called. */
  readonly scoringUri: string;
  /** Object id of its system-assigned managed identity. */
  readonly principalId: string | undefined;
  /** Its first key; undefined where its callers prove themselves with tokens. */
  readonly key: string | undefined;
}

/** A machine or service of the emulator with a managed-identity endpoint. */
export interface EmulatorHost {
  /** As in the seed: by default its kind, or the name of the compute. */
  readonly name: string;
  /** Which managed-identity endpoint it has. */
  readonly kind: HostKind;
  /** The resource that it stands for; undefined for Cloud Shell. */
  readonly resourceId: string | undefined;
  /** The managed identities that it has. `id` is the resource that the identity belongs to, or is. */
  readonly identities: readonly Pick<EmulatorIdentity, 'id' | 'principalId' | 'clientId'>[];
  /** The environment variables that a process on the host finds, for a child process. They hold a secret. */
  readonly env: Readonly<Record<string, string>>;
}

/** A running emulator. Look-ups by name throw an `AmlAuthError` where there is no such thing. */
export interface Emulator {
  /** `https://localhost:PORT`: authority, Resource Manager, and the token audience of the latter. */
  readonly origin: string;
  /** On 127.0.0.1 and ::1, as far as the machine has them. */
  readonly port: number;
  /** Where a browser finds the inspector; over http, so that no certificate is in the way. */
  readonly inspector: string;
  /** The certificate authority to trust. PEM. */
  readonly ca: string;
  /** The emulated cloud, for everything of aml-auth that takes a `Cloud`. */
  readonly cloud: Cloud;
  /** The id and domain of a tenant; default: the first one. */
  readonly tenant: (name?: string) => EmulatorTenant;
  /** An application by name, or by `{tenant}/{name}`. */
  readonly app: (name: string) => EmulatorApp;
  /** A user by user principal name. */
  readonly user: (upn: string) => EmulatorUser;
  /** A group by name. */
  readonly group: (name: string) => EmulatorPrincipal;
  /** A subscription by name; default: the first one. */
  readonly subscription: (name?: string) => EmulatorSubscription;
  /** A workspace by name, or by `{resource group}/{name}`; default: the first one. */
  readonly workspace: (name?: string) => EmulatorWorkspace;
  /** A user-assigned managed identity by name, or by `{resource group}/{name}`; default: the first one. */
  readonly identity: (name?: string) => EmulatorIdentity;
  /** A compute by name, or by `{workspace}/{name}`; default: the first one. */
  readonly compute: (name?: string) => EmulatorCompute;
  /** An online endpoint by name, or by `{workspace}/{name}`; default: the first one. */
  readonly endpoint: (name?: string) => EmulatorEndpoint;
  /** A host by name, or the first one of a kind, such as `vm`. */
  readonly host: (name: string) => EmulatorHost;
  /**
   * The environment variables that send unmodified clients here, for a child process. Names of trust
   * files are among them; the files last until `close()`, or stay in `stateDir`. For a generated
   * certificate there is a file with its private key, which never outlasts `close()`.
   *
   * @param appName - whose id, and secret or generated certificate; default: the first application
   */
  readonly env: (appName?: string) => Record<string, string>;
  /**
   * The environment variables that one kind of client needs, and no others; see `env()`. `java` sets
   * `JAVA_TOOL_OPTIONS`, which every virtual machine reads.
   */
  readonly clientEnv: (client: EmulatorClient, appName?: string) => Record<string, string>;
  /**
   * `fetch` that goes to the emulator without a socket; in proxy mode, to the hosts of Azure too. Other hosts
   * are refused.
   */
  readonly fetch: typeof fetch;
  /** What tokens, secrets and everything else of the emulator counts time by. */
  readonly clock: EmulatorClock;
  /** What goes wrong. */
  readonly faults: FaultControl;
  /** The latest exchanges, oldest first; no secret in them. */
  readonly requests: readonly Exchange[];
  /**
   * Signs a user in without a browser: goes through the sign-in pages, accepts what they ask, and says
   * what a browser would do then. Nothing is sent to the client.
   */
  readonly signIn: (options: SignInOptions) => Promise<SignInResult>;
  /** Lets a device in as a user, as its page would. The user code is what the device shows. */
  readonly approveDeviceCode: (userCode: string, upn: string) => void;
  /** Sends a device away. */
  readonly declineDeviceCode: (userCode: string) => void;
  /** Has the next poll of a device answered with `slow_down`, once. */
  readonly slowDownDeviceCode: (userCode: string) => void;
  /** Ends all refresh tokens of a user (AADSTS50173). Access tokens stay valid until they expire. */
  readonly revokeRefreshTokens: (upn: string) => void;
  /**
   * Revokes the access tokens of a principal: Azure Resource Manager and Microsoft Graph answer those of
   * clients that declared the capability `cp1` with a claims challenge from now on (Continuous Access
   * Evaluation). Other access tokens stay valid until they expire; refresh tokens stay.
   *
   * @param principal - user principal name, name of an application, or object id
   */
  readonly revoke: (principal: string) => void;
  /**
   * Has the next long-running operation of Azure Resource Manager fail, or be cancelled: of any resource,
   * or of one type or resource id.
   */
  readonly failNextOperation: (failure?: OperationFailureOptions) => void;
  /** All of the state as plain JSON. */
  readonly snapshot: () => EmulatorSnapshot;
  /** Puts everything back as it was. Access tokens that were issued stay valid; refresh tokens go. */
  readonly restore: (snapshot: EmulatorSnapshot) => void;
  /**
   * Ends all connections, frees the port and removes temporary files. From then on `fetch` and `env()` throw. May
   * be called twice.
   */
  readonly close: () => Promise<void>;
}
