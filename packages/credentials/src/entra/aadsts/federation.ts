import type { SignInSubject } from '../entra-error.js';
import { rejected, settings, type AadstsTable } from './aadsts-facts.js';

const compare = ({ clientId }: SignInSubject): string =>
  `Compare issuer, subject and audience with "az ad app federated-credential list --id ${clientId}".`;

/** Signed tokens of others: federation, and on behalf of users. */
export const FEDERATION: AadstsTable = {
  50013: rejected(
    'The assertion is not valid.',
    "Its signature, audience or time does not fit; or the user's token is for another application.",
    ({ clientId }) => `Check that the token is for application ${clientId} and has not expired.`,
  ),
  50027: rejected(
    'The token is not a valid JWT.',
    'It was cut off, or something else was given in its place.',
    'Send the token as it came, without "Bearer" and line ends.',
  ),
  70021: rejected(
    'No federated credential of the application fits the token.',
    'Issuer, subject or audience differ.',
    compare,
  ),
  70025: rejected(
    'The application has no federated credential.',
    'None was added, or it was added to another application.',
    compare,
  ),
  500131: rejected(
    "The audience of the user's token is not the application.",
    'The caller asked for a token of another resource.',
    ({ clientId }) =>
      `Send the token whose audience is application ${clientId}, as it came with the request.`,
  ),
  500133: rejected(
    "The user's token has expired.",
    'It was kept too long before it was used.',
    'Let the caller send a new token of the user.',
  ),
  700021: rejected(
    'The assertion is not issued for the application.',
    'Its issuer or subject is not the client id.',
    ({ clientId }) =>
      `Set iss and sub of the assertion to ${clientId}, or add a federated credential for its issuer.`,
  ),
  700023: rejected(
    'The audience of the assertion is not the token endpoint.',
    'It was made for another authority or tenant.',
    ({ authorityHost, tenantId }) =>
      `Set aud of the assertion to the token endpoint of ${authorityHost}/${tenantId}.`,
  ),
  700024: rejected(
    'The assertion is not valid now.',
    'It was fetched too early, or the clock of this machine is off.',
    'Fetch a new assertion for each sign-in, and check the clock of this machine with "aml-auth doctor".',
  ),
  700211: rejected(
    'No federated credential has the issuer of the token.',
    'A typing error, or a slash too many at its end.',
    compare,
  ),
  700212: rejected(
    'No federated credential has the audience of the token.',
    'The token was asked for with another audience than api://AzureADTokenExchange.',
    compare,
  ),
  700213: rejected(
    'No federated credential has the subject of the token.',
    'Another branch, environment, repository or service account.',
    compare,
  ),
  900382: settings(
    'A confidential application cannot be used across clouds.',
    'The token is of one cloud and the application of another.',
    'Use an application of the cloud that the token is for.',
  ),
  5002738: rejected(
    'The token has no subject that can be compared.',
    'The identity provider leaves it out.',
    'Let the identity provider put a subject into the token.',
  ),
};
