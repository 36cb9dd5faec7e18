import type { SignInSubject } from '../entra-error.js';
import { interaction, rejected, settings, type AadstsTable } from './aadsts-facts.js';

const newSecret = ({ clientId }: SignInSubject): string =>
  `Make a new secret with "az ad app credential reset --id ${clientId} --append" and use its value.`;
const consent = ({ clientId }: SignInSubject): string =>
  `Grant consent with "az ad app permission admin-consent --id ${clientId}".`;
const enable = ({ clientId }: SignInSubject): string =>
  `Let an administrator switch on "Enabled for users to sign in" of the enterprise application ${clientId}.`;

/** Applications: their existence, their proof, their permissions. */
export const APPLICATIONS: AadstsTable = {
  50011: settings(
    'The redirect URI is not registered.',
    'The application has no "Mobile and desktop applications" platform with http://localhost.',
    ({ clientId }) =>
      `Add http://localhost to the public client redirect URIs of application ${clientId}, or leave clientId out.`,
  ),
  50012: rejected(
    'The proof of the application failed.',
    'Its assertion is signed by a key that is not registered, or for another audience.',
    ({ clientId }) => `Compare the certificate with "az ad app credential list --id ${clientId} --cert".`,
  ),
  50194: settings(
    'The application is registered for one tenant, and was asked for in all.',
    'The option tenantId is common or organizations.',
    ({ clientId }) => `Use the tenant of application ${clientId} instead of common or organizations.`,
  ),
  65001: interaction(
    'Nobody has consented to what the application asks for.',
    'A new permission, or a tenant where the application is new.',
    consent,
  ),
  65005: settings(
    'The application asks for a permission that its registration does not list.',
    'The scope names a permission of another resource.',
    ({ clientId }) =>
      `Add the permission to the registration of application ${clientId}, or ask for /.default.`,
  ),
  70001: rejected('The application is disabled or unknown.', 'An administrator has disabled it.', enable),
  90093: interaction(
    'The account may not consent to this permission.',
    'The permission is for administrators to grant.',
    consent,
  ),
  90094: interaction(
    'An administrator has to consent.',
    'The tenant lets people not consent by themselves.',
    consent,
  ),
  90095: interaction(
    'An administrator has to consent, and can be asked on the page.',
    'The tenant lets people not consent by themselves.',
    consent,
  ),
  500112: settings(
    'The redirect URI is not the one of the authorization request.',
    'The code was redeemed with another address than it was asked for.',
    'Start the sign-in again, with one redirect URI for both steps.',
  ),
  650052: settings(
    'The tenant has no service principal of the resource, or no subscription to it.',
    'The application asks for a service that the company does not use.',
    'Check the scope; let an administrator add the service to the tenant.',
  ),
  650053: settings(
    'The resource does not have the permission that was asked for.',
    'A misspelt scope.',
    'Check the scope, or ask for /.default.',
  ),
  650056: settings(
    'The registration of the application is not complete.',
    'It lists no permission of the resource, or nobody has consented.',
    ({ clientId }) => `Check the API permissions of application ${clientId}, then grant consent.`,
  ),
  700005: settings(
    'The code or refresh token is of another tenant.',
    'The sign-in went to one tenant, and the token was asked of another.',
    'Use the same tenantId for the sign-in and for the token.',
  ),
  700016: rejected(
    'The application is not known in this tenant.',
    'A wrong client id or tenant, or an application that was just made.',
    ({ clientId, tenantId }) =>
      `Check that application ${clientId} exists in tenant ${tenantId} and has a service principal there; if it is new, wait a minute.`,
  ),
  700025: rejected(
    'The application is public, and presented a secret or an assertion.',
    'It is registered to allow public client flows.',
    ({ clientId }) => `Leave the secret out, or use an application other than ${clientId}.`,
  ),
  700027: rejected(
    'The signature of the assertion is not by a key of the application.',
    'The certificate is not uploaded, was replaced, or has expired.',
    ({ clientId }) =>
      `Upload the certificate with "aml-auth sp credential add ${clientId} --certificate certificate.pem".`,
  ),
  700030: rejected(
    'The certificate is not one whose subject name is trusted.',
    'Trust by subject name and issuer is configured for another name.',
    ({ clientId }) => `Compare the subject of the certificate with what application ${clientId} trusts.`,
  ),
  700038: settings(
    'The client id is not one.',
    'A name was given, or a placeholder.',
    'Give the application (client) id, a GUID, as clientId; names do not count.',
  ),
  700054: settings(
    'The application may not get ID tokens this way.',
    'The implicit grant was asked for, and is switched off.',
    'Use fromBrowser(), which asks for a code.',
  ),
  7000112: rejected(
    'The application is disabled.',
    'An administrator has disabled it in the tenant.',
    enable,
  ),
  7000114: rejected(
    'The application may not act on behalf of users.',
    "The user's token was given to another application.",
    ({ clientId }) => `Use a token whose audience is application ${clientId}.`,
  ),
  7000215: rejected(
    'The client secret is wrong.',
    'The id of the secret was given instead of its value, or the secret of another application.',
    newSecret,
  ),
  7000216: rejected(
    'The request has neither a secret nor an assertion.',
    'The application is confidential.',
    ({ clientId }) => `Give a secret or certificate of application ${clientId}.`,
  ),
  7000218: rejected(
    'The request has neither a secret nor an assertion.',
    'The application does not allow public client flows.',
    ({ clientId }) =>
      `Give a secret or certificate of application ${clientId}, or allow public client flows in its registration.`,
  ),
  7000222: rejected('The client secret has expired.', 'Secrets last two years at most.', newSecret),
  7000229: rejected(
    'The application has no service principal in this tenant.',
    'It is registered elsewhere and nobody has consented here.',
    ({ clientId }) => `Make one with "az ad sp create --id ${clientId}".`,
  ),
};
