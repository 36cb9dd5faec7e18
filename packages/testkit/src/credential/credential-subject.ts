import type { Credential } from '@aml-auth/core';
import type { Closable } from '../contract-case.js';

/** A credential under test. */
export interface CredentialSubject extends Closable {
  /** New: nothing has been asked of it. */
  readonly credential: Credential;
  /** A scope that it gives a token for. */
  readonly scope: string;
  /** Texts that nothing may print: the client secret, the password … Tokens need not be listed. */
  readonly secrets: readonly string[];
  /** Wall time as the credential sees it, in milliseconds since the epoch. Default: the machine's. */
  now?(): number;
}
