import { AmlAuthError, type Credential } from '@aml-auth/core';
import type { Environment } from '../lib/settings.js';
import type { LinkGroup, SignInLink } from './sign-in-link.js';

/** Names that `AZURE_TOKEN_CREDENTIALS` can have in the Azure SDKs, and whose methods are not here. */
const ELSEWHERE = ['VisualStudioCodeCredential', 'AzurePowerShellCredential', 'AzureDeveloperCliCredential'];
const GROUPS: readonly LinkGroup[] = ['prod', 'dev'];
const VARIABLE = 'AZURE_TOKEN_CREDENTIALS';

/**
 * The links that `AZURE_TOKEN_CREDENTIALS` leaves: `dev`, `prod` or the name of one credential, in any case
 * ([reference](https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/credential-chains)).
 * Empty or absent, it leaves all.
 *
 * @param chainName - for the error
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for another value, or one that leaves no link
 */
export function selectLinks(
  links: readonly SignInLink[],
  { [VARIABLE]: value = '' }: Environment,
  chainName: string,
): Credential[] {
  const wanted = value.trim().toLowerCase();
  if (wanted === '') return links.map(({ make }) => make(false));
  const group = GROUPS.find((name) => name === wanted);
  const left = links.filter((link) =>
    group === undefined ? link.sdkName?.toLowerCase() === wanted : link.group === group,
  );
  if (left.length > 0) return left.map(({ make }) => make(group === undefined));
  throw noneLeft(value, links, chainName);
}

function noneLeft(value: string, links: readonly SignInLink[], chainName: string): AmlAuthError {
  const names = links.flatMap(({ sdkName }) => (sdkName === undefined ? [] : [sdkName]));
  const elsewhere = ELSEWHERE.find((name) => name.toLowerCase() === value.trim().toLowerCase());
  const groups = GROUPS.filter((group) => links.some((link) => link.group === group));
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message:
      elsewhere === undefined
        ? `${VARIABLE} is ${JSON.stringify(value.slice(0, 60))}, which leaves ${chainName} without a link.`
        : `${VARIABLE} names ${elsewhere}, a method that aml-auth does not have.`,
    remedy: `Unset ${VARIABLE}, or set it to one of ${[...groups, ...new Set(names)].join(', ')}.`,
  });
}
