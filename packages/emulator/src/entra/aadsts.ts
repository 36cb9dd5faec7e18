import { USER_ERRORS } from './users/user-errors.js';

/** An error of Microsoft Entra ID, as data. */
export interface AadstsEntry {
  /** The OAuth 2.0 error code (RFC 6749, section 5.2, and Microsoft's own). */
  readonly error: string;
  readonly status: number;
  /** The text after `AADSTSnnn: `; `{name}` is filled in. */
  readonly text: string;
  /** What clients may do about it, in Microsoft's words. */
  readonly suberror?: string;
  /** False where the answer carries no `error_uri`. */
  readonly uri?: false;
}

const DOCUMENTATION =
  'Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .';
const FEDERATION =
  'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';

/**
 * The errors that the emulator gives. Texts as Microsoft Entra ID sends them, where they are known;
 * where only their meaning is, a comment says so.
 */
export const AADSTS: Readonly<Record<number, AadstsEntry>> = {
  ...USER_ERRORS,
  50027: {
    error: 'invalid_request',
    status: 400,
    text: 'JWT token is invalid or malformed.',
  },
  50049: {
    error: 'invalid_instance',
    status: 400,
    text: 'Unknown or invalid instance.',
  },
  50059: {
    error: 'invalid_request',
    status: 400,
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  },
  70003: {
    error: 'unsupported_grant_type',
    status: 400,
    text: "The app requested an unsupported grant type '{grant}'.",
    uri: false,
  },
  70011: {
    error: 'invalid_scope',
    status: 400,
    text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  },
  // What came before 700211, 700212 and 700213.
  70021: {
    error: 'invalid_client',
    status: 401,
    text: `No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'. ${FEDERATION}`,
  },
  // `error` and status are not known for certain.
  70025: {
    error: 'invalid_client',
    status: 401,
    text: "The client '{client}'({name}) has no configured federated identity credentials.",
  },
  90002: {
    error: 'invalid_tenant',
    status: 400,
    text: "Tenant '{tenant}' not found. This may happen if there are no active subscriptions for the tenant. Check to make sure you have the correct tenant ID. Check with your subscription administrator.",
  },
  // Status and text are not known for certain. It and 90033 are for faults only.
  90006: {
    error: 'temporarily_unavailable',
    status: 503,
    text: 'The server is temporarily unavailable. An external server could not be reached; try again.',
  },
  90011: {
    error: 'invalid_request',
    status: 400,
    text: 'Unexpected client assertion type.',
  },
  90033: {
    error: 'temporarily_unavailable',
    status: 503,
    text: 'A transient error has occurred. Please try again.',
  },
  500011: {
    error: 'invalid_resource',
    status: 400,
    text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  // The second sentence is the emulator's; `error` and status are not known for certain.
  501661: {
    error: 'invalid_request',
    status: 400,
    text: "Request to External OIDC endpoint failed. The emulator has no keys of '{issuer}': name them in the issuers of its seed.",
  },
  700016: {
    error: 'unauthorized_client',
    status: 400,
    text: "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  // `error` and status are not known for certain, nor are they for 700023.
  700021: {
    error: 'invalid_client',
    status: 401,
    text: `Client assertion application identifier doesn't match 'client_id' parameter. ${DOCUMENTATION}`,
  },
  700023: {
    error: 'invalid_client',
    status: 401,
    text: `Client assertion audience claim does not match Realm issuer. ${DOCUMENTATION}`,
  },
  700024: {
    error: 'invalid_client',
    status: 401,
    text: `Client assertion is not within its valid time range. Current time: {now}, assertion valid from {start}, expiry time of assertion {end}. ${DOCUMENTATION}`,
  },
  // The reasons are known for keys that are not found or expired; the third is known from 50013. How
  // the real service refuses a bad signature of another identity provider is not known.
  700027: {
    error: 'invalid_client',
    status: 401,
    text: "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}{key}{found}, Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{client}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/{client}'].",
  },
  700038: {
    error: 'unauthorized_client',
    status: 400,
    text: '{client} is not a valid application identifier.',
    uri: false,
  },
  700211: {
    error: 'invalid_client',
    status: 401,
    text: `No matching federated identity record found for presented assertion issuer '{issuer}'. ${FEDERATION}`,
  },
  700212: {
    error: 'invalid_client',
    status: 401,
    text: `No matching federated identity record found for presented assertion audience '{audience}'. ${FEDERATION}`,
  },
  700213: {
    error: 'invalid_client',
    status: 401,
    text: `No matching federated identity record found for presented assertion subject '{subject}'. ${FEDERATION}`,
  },
  900023: {
    error: 'invalid_request',
    status: 400,
    text: "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  },
  900144: {
    error: 'invalid_request',
    status: 400,
    text: "The request body must contain the following parameter: '{parameter}'.",
  },
  900561: {
    error: 'invalid_request',
    status: 400,
    text: 'The endpoint only accepts POST requests. Received a {method} request.',
  },
  1002012: {
    error: 'invalid_scope',
    status: 400,
    text: 'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  },
  5002723: {
    error: 'invalid_client',
    status: 401,
    text: 'Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.',
  },
  5002727: {
    error: 'invalid_request',
    status: 400,
    text: "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'.",
  },
  // The list of algorithms is the emulator's.
  5002738: {
    error: 'invalid_request',
    status: 400,
    text: "Invalid JWT token. '{algorithm}' is not a supported signature algorithm. Supported signing algorithms are: 'RS256, PS256'",
  },
  7000112: {
    error: 'unauthorized_client',
    status: 400,
    text: "Application '{client}'({name}) is disabled.",
  },
  7000215: {
    error: 'invalid_client',
    status: 401,
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.",
  },
  7000218: {
    error: 'invalid_client',
    status: 401,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    error: 'invalid_client',
    status: 401,
    text: "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
  },
};
