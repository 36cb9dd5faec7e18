import type { AbortSignalLike } from './abort.js';
import type { AccessToken } from './access-token.js';
import type { Finding, LinkRecord } from './explain/decision-record.js';

/** Options of one `getToken` call. `GetTokenOptions` of `@azure/core-auth` fits. */
export interface GetTokenOptions {
  /** Rejects this call with `AML_CANCELLED`; other callers that wait for the same token go on. */
  readonly abortSignal?: AbortSignalLike | undefined;
  /** Asks for a token of another tenant than the credential's own, where the credential allows it. */
  readonly tenantId?: string | undefined;
  /** A claims challenge (JSON) that the token must satisfy. Cached tokens are not served for it. */
  readonly claims?: string | undefined;
  /** Declares Continuous Access Evaluation (client capability `cp1`). Default `false`. */
  readonly enableCae?: boolean | undefined;
}

/** Who a credential stands for, as far as it knows without a network call. Never holds a secret. */
export interface CredentialDescription {
  /** The sign-in method, named as its factory without `from`: `clientSecret`, `deviceCode`, `chain` … */
  readonly method: string;
  /**
   * The tenant it signs in to: a GUID, or a domain where it was configured with one. Undefined where the
   * method learns it only by signing in.
   */
  readonly tenantId?: string;
  /**
   * The application (client) id that it signs in as. Undefined where the method has none, as a managed
   * identity of the system.
   */
  readonly clientId?: string;
  /** Origin of the authority, such as `https://login.microsoftonline.com`. */
  readonly authorityHost?: string;
  /** The links of a chain, in order. */
  readonly links?: readonly CredentialDescription[];
}

/**
 * Gives access tokens. Structurally a `TokenCredential` of `@azure/core-auth`, so that it fits
 * every `@azure/*` client; unlike that one it never answers null.
 */
export interface Credential {
  /**
   * A token for the scopes, from memory, a store, or Microsoft Entra ID.
   *
   * @param scopes - one scope or several of the same resource, such as `https://ml.azure.com/.default`
   * @throws {AmlAuthError} every failure, with a code, a disposition and, where there is one, a remedy
   */
  getToken(scopes: string | readonly string[], options?: GetTokenOptions): Promise<AccessToken>;
  /** Who this credential stands for, without a secret and without a network call. */
  describe(): CredentialDescription;
  /** What it looks at to know whether it applies here. Makes no request; holds no secret. */
  readonly findings?: (() => readonly Finding[]) | undefined;
  /**
   * Its own decision record, where it is made of other credentials; `explain()` makes that of all others.
   * Never rejects.
   */
  readonly explain?:
    ((scopes: string | readonly string[], options: GetTokenOptions) => Promise<LinkRecord>) | undefined;
}
