import type { Tenant } from '../core/directory-rows.js';
import type { Call } from '../http/call.js';
import type { EndpointVersion } from './discovery.js';

/** The body of a token request. */
export interface TokenForm {
  readonly version: EndpointVersion;
  readonly fields: URLSearchParams;
}

/** Turns a token request into the body of a token response, or throws a refusal. The tenant is undefined for `/common` and its like. */
export type Grant = (
  call: Call,
  tenant: Tenant | undefined,
  form: TokenForm,
) => Promise<Record<string, unknown>>;
