import type { Application } from '../../core/directory-rows.js';
import type { Call } from '../../http/call.js';
import { entraRefusal } from '../entra-refusal.js';
import { hasSignatureOf } from './has-signature-of.js';
import type { Assertion } from './read-assertion.js';

/**
 * Checks an assertion of another identity provider against the application's federated credentials.
 * Issuer, subject and audience are compared with their case. The provider's keys are those of the
 * seed: the emulator asks no network for them.
 *
 * @throws a refusal: AADSTS70025, 700211, 700212, 700213, 501661, 700027
 */
export async function checkFederatedAssertion(
  call: Call,
  application: Application,
  assertion: Assertion,
): Promise<void> {
  const { clientId: client, displayName: name, federatedCredentials } = application;
  const { issuer, subject, audiences } = assertion;
  if (federatedCredentials.length === 0) throw entraRefusal(70025, { client, name });
  const ofIssuer = federatedCredentials.filter((credential) => credential.issuer === issuer);
  if (ofIssuer.length === 0) throw entraRefusal(700211, { issuer });
  const ofAudience = ofIssuer.filter((credential) => audiences.includes(credential.audience));
  if (ofAudience.length === 0) throw entraRefusal(700212, { audience: audiences.join(', ') });
  if (!ofAudience.some((credential) => credential.subject === subject)) {
    throw entraRefusal(700213, { subject });
  }

  // The store compares keys without case; issuers are compared with it.
  const provider = call.world.store.list('issuers').find((row) => row.issuer === issuer);
  if (provider === undefined) throw entraRefusal(501661, { issuer });
  const refuse = (reason: string): Error => entraRefusal(700027, { client, reason });
  const keys = provider.keys.filter(({ kid }) => assertion.keyId === undefined || kid === assertion.keyId);
  if (keys.length === 0) throw refuse('The key was not found.');
  const signed = await Promise.all(keys.map((key) => hasSignatureOf(assertion.jwt, key)));
  if (!signed.includes(true)) {
    throw refuse('Key was found, but use of the key to verify the signature failed.');
  }
}
