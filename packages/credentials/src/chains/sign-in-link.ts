import type { Credential } from '@aml-auth/core';

/** A link of one of the ready-made chains. */
export interface SignInLink {
  /** The name by which `AZURE_TOKEN_CREDENTIALS` selects it; undefined where the Azure SDKs have none. */
  readonly sdkName: string | undefined;
  readonly group: LinkGroup;
  /** @param alone - whether `AZURE_TOKEN_CREDENTIALS` names this one and no other */
  readonly make: (alone: boolean) => Credential;
}

/** `prod` for machines and services, `dev` for the desk of a person. */
export type LinkGroup = 'prod' | 'dev';
