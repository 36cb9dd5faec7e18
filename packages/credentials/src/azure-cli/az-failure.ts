import { AmlAuthError, type TokenRequest } from '@aml-auth/core';
import type { AzOutcome } from './run-az.js';

/** What the Azure CLI says where nobody is signed in, or not to the tenant that is asked for. */
const NOT_SIGNED_IN = /az login|no subscription found|not find any account|does not exist in (?:the )?cloud/i;
/** Refusals that a person has to resolve although somebody is signed in. */
const INTERACTION = /AADSTS(50076|50079|50173|53000|53001|53003|65001|70043|700082|700084)\b/;

/** The typed error for a run of `az` that did not end with 0. Its output may be long: one line is kept. */
export function azFailure({ exitCode, stderr }: AzOutcome): AmlAuthError {
  if (typeof exitCode === 'string') return notRunnable(exitCode);
  const said = firstLine(stderr);
  const aadsts = /AADSTS(\d{1,9})\b/.exec(stderr)?.[1];
  if (INTERACTION.test(stderr) || (aadsts !== undefined && !NOT_SIGNED_IN.test(stderr))) {
    return new AmlAuthError({
      code: 'AML_INTERACTION_REQUIRED',
      message: `The Azure CLI was refused a token: ${said}`,
      remedy: 'Sign in again with "az login".',
      aadsts: aadsts === undefined ? undefined : Number(aadsts),
    });
  }
  if (NOT_SIGNED_IN.test(stderr)) {
    return new AmlAuthError({
      code: 'AML_NOT_CONFIGURED',
      message: 'Nobody is signed in to the Azure CLI, or not to this tenant.',
      remedy: 'Sign in with "az login".',
    });
  }
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: `The Azure CLI failed with exit code ${exitCode}: ${said}`,
    remedy: 'Run "az account get-access-token" to see what is wrong.',
  });
}

/**
 * A claims challenge cannot be met by `az account get-access-token`: a person has to sign in with it.
 * The values in the command are validated before they get here, and the claims are encoded.
 */
export function claimsFailure({ scopes, tenantId, claims }: TokenRequest): AmlAuthError {
  const encoded = Buffer.from(claims).toString('base64');
  const tenant = tenantId === '' ? '' : ` --tenant ${tenantId}`;
  return new AmlAuthError({
    code: 'AML_INTERACTION_REQUIRED',
    message:
      'The service asks for a sign-in that satisfies further claims, which the Azure CLI cannot do by itself.',
    remedy: `Run: az login --claims-challenge ${encoded} --scope ${scopes.join(' ')}${tenant}`,
    claims,
  });
}

function notRunnable(code: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: `The Azure CLI cannot be run (${code}).`,
    remedy:
      'Install it (https://aka.ms/azure-cli) and see that az is on the PATH, in a folder with an absolute path.',
  });
}

function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? 'it said nothing.';
  return line.trim().slice(0, 300);
}
