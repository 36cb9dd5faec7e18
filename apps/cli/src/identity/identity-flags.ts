import type { IdentityStyle } from '@aml-auth/identity-endpoint';
import { signInFlags, type SignInFlags } from '../settings/sign-in-flags.js';

/** What people call the styles of the endpoint. */
export const STYLE_NAMES = ['appservice', 'azureml', 'imds'] as const;

/** The style of each name. */
export const STYLES: Readonly<Record<(typeof STYLE_NAMES)[number], IdentityStyle>> = {
  appservice: 'appService',
  azureml: 'azureML',
  imds: 'imds',
};

/** Options of the commands that serve tokens to other programs. */
export interface IdentityFlags extends SignInFlags {
  readonly style: (typeof STYLE_NAMES)[number];
  readonly allow?: readonly string[] | undefined;
  readonly anyResource: boolean;
}

/** How {@link IdentityFlags} are parsed. */
export const identityFlags = {
  ...signInFlags,
  style: {
    kind: 'enum',
    values: STYLE_NAMES,
    default: 'appservice',
    brief: 'The managed identity that is stood in for',
  },
  allow: {
    kind: 'parsed',
    parse: (value: string): string => value,
    variadic: true,
    optional: true,
    brief:
      'Another resource that tokens are given for, such as https://storage.azure.com; may stand several times',
    placeholder: 'resource',
  },
  anyResource: {
    kind: 'boolean',
    default: false,
    withNegated: false,
    brief: 'Give tokens for every resource',
  },
} as const;
