import type { AmlAuthErrorCode } from '@aml-auth/core';
import type { SignInSubject } from './entra-error.js';

/** What an AADSTS number means for a program that signs in. */
export interface AadstsFacts {
  readonly code: AmlAuthErrorCode;
  /** The next command or setting, in one sentence. */
  readonly remedy: (subject: SignInSubject) => string;
}

const newSecret = ({ clientId }: SignInSubject): string =>
  `Make a new secret with "az ad app credential reset --id ${clientId} --append" and use its value.`;
const signIn = (): string => 'Sign in again in a browser.';
const waitForReplication = ({ clientId, tenantId }: SignInSubject): string =>
  `Check that application ${clientId} exists in tenant ${tenantId} and has a service principal there; if it is new, wait a minute.`;

/**
 * The AADSTS numbers that a user of this package can meet, with what to do about each.
 * Microsoft's own list: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const AADSTS_ERRORS: Readonly<Record<number, AadstsFacts>> = {
  50034: rejected(() => 'Check the user name; the account does not exist in this tenant.'),
  50053: rejected(
    () => 'The account is locked after too many attempts: wait, or let an administrator unlock it.',
  ),
  50055: interaction(() => 'The password has expired: set a new one at https://myaccount.microsoft.com.'),
  50057: rejected(() => 'The account is disabled: let an administrator enable it.'),
  50076: interaction(() => 'Sign in interactively and pass multi-factor authentication.'),
  50079: interaction(
    () => 'Enrol in multi-factor authentication at https://aka.ms/mfasetup, then sign in again.',
  ),
  50105: rejected(({ clientId }) => `Let an administrator assign you to application ${clientId}.`),
  50126: rejected(() => 'Check the user name and the password.'),
  50158: interaction(() => 'Sign in interactively: an external security challenge must be met.'),
  50173: interaction(signIn),
  50194: settings(
    ({ clientId }) => `Use the tenant of application ${clientId} instead of common or organizations.`,
  ),
  53000: interaction(() => 'Sign in from a device that complies with the policy of the tenant.'),
  53001: interaction(() => 'Sign in from a device that has joined the tenant.'),
  53003: interaction(
    () =>
      'A Conditional Access policy blocks this sign-in: the sign-in log of the tenant names the policy; ask its administrator.',
  ),
  65001: interaction(
    ({ clientId }) => `Grant consent with "az ad app permission admin-consent --id ${clientId}".`,
  ),
  70003: settings(() => 'The authority does not support this grant: check the authority host.'),
  70011: settings(() => 'Use a scope such as https://ml.azure.com/.default.'),
  70025: rejected(federated),
  70043: interaction(signIn),
  90002: settings(({ tenantId }) => `Check the tenant: ${tenantId} is not known to this cloud.`),
  500011: settings(
    ({ tenantId }) => `Check the scope: its resource is not known to tenant ${tenantId} in this cloud.`,
  ),
  500131: rejected(
    ({ clientId }) =>
      `Send the token whose audience is application ${clientId}, as it came with the request.`,
  ),
  500133: rejected(() => 'The token of the user has expired: let the caller send a new one.'),
  700016: rejected(waitForReplication),
  700024: rejected(() => 'Fetch a new assertion for each sign-in, and check the clock of this machine.'),
  700027: rejected(
    ({ clientId }) => `Upload the certificate with "az ad app credential reset --id ${clientId} --cert".`,
  ),
  700038: settings(() => 'Check the client id: it is the application (client) id, a GUID, not a name.'),
  700082: interaction(signIn),
  700084: interaction(signIn),
  700211: rejected(federated),
  700212: rejected(federated),
  700213: rejected(federated),
  1002012: settings(() => 'Use a scope that ends in /.default, such as https://ml.azure.com/.default.'),
  7000215: rejected(newSecret),
  7000218: rejected(
    ({ clientId }) => `Application ${clientId} is confidential: give its secret or certificate.`,
  ),
  7000222: rejected(newSecret),
};

function federated({ clientId }: SignInSubject): string {
  return `Compare issuer, subject and audience with "az ad app federated-credential list --id ${clientId}".`;
}

function rejected(remedy: AadstsFacts['remedy']): AadstsFacts {
  return { code: 'AML_CREDENTIAL_REJECTED', remedy };
}

function interaction(remedy: AadstsFacts['remedy']): AadstsFacts {
  return { code: 'AML_INTERACTION_REQUIRED', remedy };
}

function settings(remedy: AadstsFacts['remedy']): AadstsFacts {
  return { code: 'AML_CONFIG_INVALID', remedy };
}
