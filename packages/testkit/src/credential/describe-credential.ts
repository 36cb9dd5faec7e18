import { describeContract } from '../contract-case.js';
import { credentialContract } from './credential-cases.js';
import type { CredentialSubject } from './credential-subject.js';

/**
 * Checks a credential against the contract of `Credential`, as a vitest suite.
 *
 * @param name - what is tested: `fromClientSecret`
 * @param make - gives a new credential for each case
 */
export function describeCredential(
  name: string,
  make: () => CredentialSubject | Promise<CredentialSubject>,
): void {
  describeContract(`${name} is a Credential`, credentialContract, make);
}
