import type { Application, KeyCredential, Tenant } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { hasSignatureOf } from './has-signature-of.js';
import { isOwnAudience } from './is-own-audience.js';
import type { Assertion } from './read-assertion.js';

/**
 * Checks an assertion that the application signed itself, with a certificate of its registration.
 * `x5c` is not looked at: certificates count by their thumbprint.
 *
 * @throws a refusal: AADSTS700021, 5002723, 700027, 700023
 */
export async function checkCertificateAssertion(
  call: Call,
  tenant: Tenant,
  application: Application,
  assertion: Assertion,
): Promise<void> {
  const { clientId } = application;
  if ([assertion.issuer, assertion.subject].some((id) => id.toLowerCase() !== clientId)) {
    throw entraRefusal(700021);
  }
  const { thumbprint, thumbprintSha256, keyId } = assertion;
  if ([thumbprint, thumbprintSha256, keyId].every((name) => name === undefined)) throw entraRefusal(5002723);

  const shown = thumbprintSha256 ?? thumbprint ?? '';
  const refuse = (reason: string, found = ''): Error =>
    entraRefusal(700027, {
      client: clientId,
      reason,
      key: shown === '' ? '' : `, Thumbprint of key used by client: '${shown}'`,
      found,
    });
  const key = application.keyCredentials.find((credential) => isNamedBy(credential, assertion));
  if (key === undefined) throw refuse('The key was not found.');
  const found = `, Found key 'Start=${time(key.startsAt)}, End=${time(key.endsAt)}'`;
  if (key.endsAt <= call.world.clock.now()) throw refuse('The key used is expired.', found);
  if (!(await hasSignatureOf(assertion.jwt, key.publicKey))) {
    throw refuse('Key was found, but use of the key to verify the signature failed.', found);
  }
  if (!assertion.audiences.some((audience) => isOwnAudience(call, tenant, audience))) {
    throw entraRefusal(700023);
  }
}

/** Every thumbprint that is given must fit, and one must be given. */
function isNamedBy(credential: KeyCredential, { thumbprint, thumbprintSha256 }: Assertion): boolean {
  return (
    (thumbprint ?? thumbprintSha256) !== undefined &&
    (thumbprint ?? credential.thumbprint) === credential.thumbprint &&
    (thumbprintSha256 ?? credential.thumbprintSha256) === credential.thumbprintSha256
  );
}

/** `06/29/2021 21:13:15`, in UTC. */
function time(at: number): string {
  return new Date(at).toISOString().replace(/^(\d{4})-(\d\d)-(\d\d)T(.{8}).*$/, '$2/$3/$1 $4');
}
