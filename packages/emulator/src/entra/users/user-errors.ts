import type { AadstsEntry } from '../aadsts.js';

/** The errors of signing users in. Where only the meaning is known for certain, texts follow Microsoft's list. */
export const USER_ERRORS: Readonly<Record<number, AadstsEntry>> = {
  28000: {
    error: 'invalid_request',
    status: 400,
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is not valid.',
  },
  50011: {
    error: 'invalid_request',
    status: 400,
    text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{client}'. Make sure the redirect URI sent in the request matches one added to your application.",
  },
  50013: {
    error: 'invalid_grant',
    status: 400,
    text: 'Assertion failed signature validation.',
  },
  50020: {
    error: 'invalid_request',
    status: 400,
    text: "User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{client}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
  },
  50034: {
    error: 'invalid_grant',
    status: 400,
    text: 'The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
  },
  50053: {
    error: 'invalid_grant',
    status: 400,
    text: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  },
  50055: {
    error: 'invalid_grant',
    status: 400,
    text: 'The password is expired.',
    suberror: 'user_password_expired',
  },
  50057: {
    error: 'invalid_grant',
    status: 400,
    text: 'The user account is disabled.',
  },
  50058: {
    error: 'login_required',
    status: 400,
    text: 'A silent sign-in request was sent but no user is signed in.',
  },
  50076: {
    error: 'interaction_required',
    status: 400,
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
    suberror: 'basic_action',
  },
  50079: {
    error: 'interaction_required',
    status: 400,
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'.",
    suberror: 'basic_action',
  },
  50105: {
    error: 'invalid_grant',
    status: 400,
    text: "Your administrator has configured the application {name} ('{client}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{user}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
  },
  50126: {
    error: 'invalid_grant',
    status: 400,
    text: 'Error validating credentials due to invalid username or password.',
  },
  // `error` is one of two that are known.
  50158: {
    error: 'interaction_required',
    status: 400,
    text: 'External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.',
  },
  50173: {
    error: 'invalid_grant',
    status: 400,
    suberror: 'bad_token',
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{validFrom}'.",
  },
  50194: {
    error: 'invalid_request',
    status: 400,
    text: "Application '{client}'({name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  },
  50196: {
    error: 'invalid_grant',
    status: 400,
    text: 'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
  },
  // `error` is not known for certain, nor is it for 53001.
  53000: {
    error: 'interaction_required',
    status: 400,
    text: "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device isn't compliant. The user must enroll their device with an approved MDM provider like Intune.",
  },
  53001: {
    error: 'interaction_required',
    status: 400,
    text: "Device is not in required device state: domain_joined. Conditional Access policy requires a domain joined device, and the device isn't domain joined.",
  },
  53003: {
    error: 'invalid_grant',
    status: 400,
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    suberror: 'message_only',
  },
  54005: {
    error: 'invalid_grant',
    status: 400,
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  65001: {
    error: 'invalid_grant',
    status: 400,
    suberror: 'consent_required',
    text: "The user or administrator has not consented to use the application with ID '{client}' named '{name}'. Send an interactive authorization request for this user and resource.",
  },
  65004: {
    error: 'access_denied',
    status: 400,
    text: 'User declined to consent to access the app.',
  },
  70000: {
    error: 'invalid_grant',
    status: 400,
    text: 'Provided grant is invalid or malformed.',
  },
  70007: {
    error: 'invalid_request',
    status: 400,
    text: "'{value}' is not a supported value of '{parameter}' when requesting a token.",
  },
  70008: {
    error: 'invalid_grant',
    status: 400,
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  },
  70016: {
    error: 'authorization_pending',
    status: 400,
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  // The number is not known for certain.
  70017: {
    error: 'authorization_declined',
    status: 400,
    text: 'OAuth 2.0 device flow error. The user declined to let the device in.',
  },
  70018: {
    error: 'bad_verification_code',
    status: 400,
    text: 'Invalid verification code. The device code or user code is not known.',
  },
  70019: {
    error: 'expired_token',
    status: 400,
    text: 'The verification code has expired. Have the device start again.',
  },
  70020: {
    error: 'expired_token',
    status: 400,
    text: "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
  },
  70043: {
    error: 'invalid_grant',
    status: 400,
    suberror: 'bad_token',
    text: 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on {issued} and the maximum allowed lifetime for this request is {lifetime}.',
  },
  // `error` is not known for certain.
  70044: {
    error: 'interaction_required',
    status: 400,
    text: 'The session has expired or is invalid due to sign-in frequency checks by conditional access.',
  },
  90055: {
    error: 'slow_down',
    status: 400,
    text: 'The device polls too often. Wait longer between requests.',
  },
  90133: {
    error: 'invalid_request',
    status: 400,
    text: 'Device Code flow is not supported under /common or /consumers endpoint.',
  },
  500112: {
    error: 'invalid_grant',
    status: 400,
    text: 'The reply address does not match the reply address provided when requesting the authorization code.',
  },
  500131: {
    error: 'invalid_grant',
    status: 400,
    text: 'Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was {audience} and the expected audience is {expected}.',
  },
  500133: {
    error: 'invalid_grant',
    status: 400,
    text: 'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token. Current time: {now}, expiry time of assertion {end}.',
  },
  501481: {
    error: 'invalid_grant',
    status: 400,
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  501491: {
    error: 'invalid_request',
    status: 400,
    text: 'Invalid code_challenge or code_challenge_method parameter.',
  },
  650053: {
    error: 'invalid_client',
    status: 400,
    text: "The application '{name}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app vendor.",
  },
  700005: {
    error: 'invalid_grant',
    status: 400,
    text: 'Provided Authorization Code is intended to use against other tenant, thus rejected.',
  },
  700025: {
    error: 'invalid_client',
    status: 401,
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700051: {
    error: 'unsupported_response_type',
    status: 400,
    text: "response_type '{value}' is not enabled for the application.",
  },
  700082: {
    error: 'invalid_grant',
    status: 400,
    suberror: 'bad_token',
    text: 'The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for 90.00:00:00.',
  },
  700084: {
    error: 'invalid_grant',
    status: 400,
    suberror: 'bad_token',
    text: 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on {issued}.',
  },
  900971: {
    error: 'invalid_request',
    status: 400,
    text: 'No reply address provided.',
  },
  7000114: {
    error: 'invalid_grant',
    status: 400,
    text: "Application '{client}' is not allowed to make application on-behalf-of calls.",
  },
  9002313: {
    error: 'invalid_grant',
    status: 400,
    text: 'Invalid request. Request is malformed or invalid.',
  },
};
