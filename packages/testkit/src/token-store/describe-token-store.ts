import { manualClock, type ManualClock } from '@aml-auth/core/testing';
import { describeContract, type ContractCase } from '../contract-case.js';
import { leaseCases } from './lease-cases.js';
import { refusalCases } from './refusal-cases.js';
import { tokenCases } from './token-cases.js';
import type { TokenStoreSubject } from './token-store-subject.js';

/** The whole contract of `TokenStore`, as data. */
export const tokenStoreContract: readonly ContractCase<TokenStoreSubject>[] = [
  ...tokenCases,
  ...leaseCases.map((one) => ({
    ...one,
    title: `lease: ${one.title}`,
    applies: ({ store }: TokenStoreSubject) => store.acquireLease !== undefined,
  })),
  ...refusalCases.map((one) => ({
    ...one,
    title: `refusal: ${one.title}`,
    applies: (subject: TokenStoreSubject) => subject.store.getRefusal !== undefined && one.applies(subject),
  })),
];

/**
 * Checks a token store against the contract of `TokenStore`, as a vitest suite.
 *
 * @param name - what is tested: `memoryTokenStore`
 * @param make - gives a new, empty store for each case; a store that takes a clock gets this one
 */
export function describeTokenStore(
  name: string,
  make: (clock: ManualClock) => TokenStoreSubject | Promise<TokenStoreSubject>,
): void {
  describeContract(`${name} is a TokenStore`, tokenStoreContract, () => make(manualClock()));
}
