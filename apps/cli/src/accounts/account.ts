import type { Cloud } from '@aml-auth/core';

/** How an account signs in. */
export type AccountMethod =
  | 'browser'
  | 'deviceCode'
  | 'clientSecret'
  | 'clientCertificate'
  | 'federated'
  | 'managedIdentity'
  | 'azureCli'
  | 'emulator';

/** Where an account's proof comes from each time. No secret stands here. */
export interface AccountSource {
  /** File with the client secret. Undefined: it was given once and is not kept. */
  readonly secretFile?: string | undefined;
  readonly certificateFile?: string | undefined;
  /** File with the password of the certificate's key. */
  readonly passwordFile?: string | undefined;
  /** Who vouches for a federated application. */
  readonly federation?: 'github' | 'file' | undefined;
  readonly tokenFile?: string | undefined;
  /** A user-assigned managed identity by its object id or resource id. */
  readonly objectId?: string | undefined;
  readonly resourceId?: string | undefined;
  /** The emulator's address. */
  readonly origin?: string | undefined;
}

/** Somebody who has signed in, by a name of their own. */
export interface Account {
  readonly name: string;
  /** Random, another one with each sign-in. Tokens are kept under it. */
  readonly id: string;
  readonly method: AccountMethod;
  readonly cloud: Cloud;
  readonly tenantId?: string | undefined;
  readonly clientId?: string | undefined;
  /** What the first token said, for people. */
  readonly kind?: 'user' | 'servicePrincipal' | undefined;
  readonly userName?: string | undefined;
  readonly objectId?: string | undefined;
  readonly source: AccountSource;
  readonly subscription?: string | undefined;
  /** True where tokens may be written in the clear. */
  readonly plaintext?: boolean | undefined;
  /** ISO 8601, UTC. */
  readonly signedInAt: string;
}

/** All accounts of a user. */
export interface Accounts {
  /** The name of the one that commands use. */
  readonly current?: string | undefined;
  readonly accounts: readonly Account[];
}
