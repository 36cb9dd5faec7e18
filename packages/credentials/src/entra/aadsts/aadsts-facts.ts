import { ERROR_CODES, type AmlAuthErrorCode } from '@aml-auth/core';
import type { SignInSubject } from '../entra-error.js';

/** What an AADSTS number means for a program that signs in. */
export interface AadstsFacts {
  /** What kind of failure it is. A status of 429 or from 500 says otherwise, whatever the number. */
  readonly code: AmlAuthErrorCode;
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What is usually behind it, in one sentence. */
  readonly cause: string;
  /** The next command or setting, in one sentence. */
  readonly remedy: (subject: SignInSubject) => string;
  /** Whether the same request may succeed later without any change. */
  readonly retryable: boolean;
}

/** Facts by number. */
export type AadstsTable = Readonly<Record<number, AadstsFacts>>;

type Remedy = string | AadstsFacts['remedy'];
type Entry = (meaning: string, cause: string, remedy: Remedy) => AadstsFacts;

/** The credential, or whom it stands for, is refused. */
export const rejected: Entry = entry('AML_CREDENTIAL_REJECTED');
/** A person has to act. */
export const interaction: Entry = entry('AML_INTERACTION_REQUIRED');
/** An option, a registration or the tenant has to be changed. */
export const settings: Entry = entry('AML_CONFIG_INVALID');
/** It passes by itself. */
export const outage: Entry = entry('AML_SERVICE_UNAVAILABLE');
/** Fewer requests help. */
export const throttled: Entry = entry('AML_THROTTLED');

function entry(code: AmlAuthErrorCode): Entry {
  const { retryable } = ERROR_CODES[code];
  return (meaning, cause, remedy) => ({
    code,
    meaning,
    cause,
    remedy: typeof remedy === 'string' ? () => remedy : remedy,
    retryable,
  });
}
