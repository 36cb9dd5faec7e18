import { textFlag } from '../../settings/text-flag.js';

/** Kinds of credentials. */
export const CREDENTIAL_KINDS = ['certificate', 'federated', 'secret'] as const;

/** Options that describe a secret or a certificate, and where it goes. */
export interface KeyFlags {
  readonly credential?: (typeof CREDENTIAL_KINDS)[number] | undefined;
  readonly credentialName?: string | undefined;
  readonly days?: number | undefined;
  readonly certificate?: string | undefined;
  readonly credentialFile?: string | undefined;
}

/** Options that describe a credential of any kind. */
export interface CredentialFlags extends KeyFlags {
  readonly github?: string | undefined;
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  readonly environment?: string | undefined;
  readonly pullRequest: boolean;
  readonly issuer?: string | undefined;
  readonly subject?: string | undefined;
}

/** How {@link KeyFlags} are parsed. */
export const keyFlags = {
  credential: {
    kind: 'enum',
    values: CREDENTIAL_KINDS,
    optional: true,
    brief: 'Kind of the credential (default: what the other options say, else certificate)',
  },
  credentialName: textFlag('Name of the credential (default: rbac)', 'name'),
  days: {
    kind: 'parsed',
    parse: parseDays,
    optional: true,
    brief: 'Days until it ends (default: 365 of a certificate, 90 of a secret)',
    placeholder: 'count',
  },
  certificate: textFlag('PEM file with a certificate of yours, in place of a new one', 'file'),
  credentialFile: textFlag('New file for the secret or private key, for your eyes only', 'file'),
} as const;

/** How {@link CredentialFlags} are parsed. */
export const credentialFlags = {
  ...keyFlags,
  github: textFlag('Repository whose runs of GitHub Actions may sign in', 'owner/repository'),
  branch: textFlag('Only runs of this branch', 'name'),
  tag: textFlag('Only runs of this tag', 'name'),
  environment: textFlag('Only runs of this environment', 'name'),
  pullRequest: {
    kind: 'boolean',
    default: false,
    withNegated: false,
    brief: 'Only runs of pull requests',
  },
  issuer: textFlag('Issuer (iss) of another identity provider whose tokens may sign in', 'url'),
  subject: textFlag('Subject (sub) of those tokens', 'text'),
} as const;

function parseDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days > 0 && days <= 3_650) return days;
  throw new RangeError('days are a number from 1 to 3650');
}
