import type { Application, Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { checkCertificateAssertion } from './check-certificate-assertion.js';
import { checkFederatedAssertion } from './check-federated-assertion.js';
import { ASSERTION_ALGORITHMS } from './has-signature-of.js';
import { readAssertion, type Assertion } from './read-assertion.js';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** The other type is the one of OpenID Connect's first drafts. */
const JWT_TYPES = ['jwt', 'http://openid.net/specs/jwt/1.0'];
/** Milliseconds by which the clock of a client may be ahead. */
const SKEW = 300_000;

/**
 * Checks the `client_assertion` of a token request (RFC 7523, section 2.2). One whose issuer is a URL
 * comes from another identity provider; any other must be signed by the application itself.
 *
 * @throws a refusal: AADSTS900144, 90011, 50027, 5002727, 5002738, 700024, and those of
 *   {@link checkCertificateAssertion} and {@link checkFederatedAssertion}
 */
export async function checkClientAssertion(
  call: Call,
  tenant: Tenant,
  application: Application,
  fields: URLSearchParams,
): Promise<void> {
  const assertionType = fields.get('client_assertion_type') ?? '';
  if (assertionType === '') throw entraRefusal(900144, { parameter: 'client_assertion_type' });
  if (assertionType !== JWT_BEARER) throw entraRefusal(90011);
  const assertion = readAssertion(fields.get('client_assertion') ?? '');
  if (assertion === undefined) throw entraRefusal(50027);
  const { type, algorithm } = assertion;
  if (type !== undefined && !JWT_TYPES.includes(type.toLowerCase())) throw entraRefusal(5002727);
  if (!ASSERTION_ALGORITHMS.includes(algorithm)) throw entraRefusal(5002738, { algorithm });
  if (URL.canParse(assertion.issuer)) await checkFederatedAssertion(call, application, assertion);
  else await checkCertificateAssertion(call, tenant, application, assertion);
  checkTimes(assertion, call.world.clock.now());
}

function checkTimes({ notBefore, expiresAt }: Assertion, now: number): void {
  if (expiresAt > now && notBefore <= now + SKEW) return;
  throw entraRefusal(700024, { now: time(now), start: time(notBefore), end: time(expiresAt) });
}

/** With seven decimals, as Microsoft Entra ID writes them. */
function time(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}
