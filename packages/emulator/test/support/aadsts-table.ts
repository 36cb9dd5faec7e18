/** An error as Microsoft Entra ID gives it. */
export interface TableRow {
  readonly code: number;
  readonly error: string;
  readonly status: number;
  /** How the text starts. */
  readonly text: RegExp;
  readonly suberror?: string;
  /** False where there is no `error_uri`. */
  readonly uri?: false;
  /** Where it is told: in a token response (default), on a page to a person, or in a redirect to a client. */
  readonly on?: 'page' | 'redirect';
}

const row = (
  code: number,
  error: string,
  status: number,
  text: string,
  more: Partial<TableRow> = {},
): TableRow => ({ code, error, status, text: new RegExp(`^AADSTS${code}: ${text}`), ...more });

const BASIC = { suberror: 'basic_action' };
const BAD_TOKEN = { suberror: 'bad_token' };

/** Every error of the table, with the parts that clients look at. */
export const TABLE: readonly TableRow[] = [
  row(
    7000215,
    'invalid_client',
    401,
    "Invalid client secret provided\\. Ensure .* for a secret added to app '",
  ),
  row(
    7000222,
    'invalid_client',
    401,
    "The provided client secret keys for app '.*' are expired\\. Visit the",
  ),
  row(
    7000218,
    'invalid_client',
    401,
    "The request body must contain .*'client_assertion' or 'client_secret'",
  ),
  row(
    700016,
    'unauthorized_client',
    400,
    "Application with identifier '.*' was not found in the directory '",
  ),
  row(700038, 'unauthorized_client', 400, '\\S+ is not a valid application identifier\\.', { uri: false }),
  row(90002, 'invalid_tenant', 400, "Tenant '.*' not found\\. This may happen if there are no active"),
  row(
    500011,
    'invalid_resource',
    400,
    'The resource principal named \\S+ was not found in the tenant named ',
  ),
  row(70003, 'unsupported_grant_type', 400, "The app requested an unsupported grant type 'x'\\.", {
    uri: false,
  }),
  row(1002012, 'invalid_scope', 400, 'The provided value for scope '),
  row(70011, 'invalid_scope', 400, 'The provided request must include '),
  row(
    700027,
    'invalid_client',
    401,
    'The certificate with identifier .* \\[Reason - The key was not found\\.',
  ),
  row(700024, 'invalid_client', 401, 'Client assertion is not within its valid time range\\. Current time: '),
  row(700213, 'invalid_client', 401, "No matching federated .* assertion subject 'someone'\\. Check your"),
  row(700211, 'invalid_client', 401, 'No matching federated identity record found for .* assertion issuer'),
  row(700212, 'invalid_client', 401, 'No matching federated identity record found for .* assertion audience'),
  row(70021, 'invalid_client', 401, 'No matching federated identity record found'),
  row(50034, 'invalid_grant', 400, 'The user account .* does not exist in the contoso directory'),
  row(50126, 'invalid_grant', 400, 'Error validating credentials due to invalid username or password'),
  row(50053, 'invalid_grant', 400, 'The account is locked'),
  row(50055, 'invalid_grant', 400, 'The password is expired', { suberror: 'user_password_expired' }),
  row(50057, 'invalid_grant', 400, 'The user account is disabled'),
  row(
    50076,
    'interaction_required',
    400,
    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '797f4846-ba00-4fd7-ba43-dac1f8f63013'\\.",
    BASIC,
  ),
  row(50079, 'interaction_required', 400, '.* you must enroll in multi-factor authentication', BASIC),
  row(50158, 'interaction_required', 400, 'External security challenge not satisfied'),
  row(53000, 'interaction_required', 400, 'Device is not in required device state: compliant'),
  row(53001, 'interaction_required', 400, 'Device is not in required device state: domain_joined'),
  row(
    53003,
    'invalid_grant',
    400,
    'Access has been blocked by Conditional Access policies\\. The access policy does not allow token issuance\\.',
    { suberror: 'message_only' },
  ),
  row(50105, 'invalid_grant', 400, "Your administrator has configured the application gated \\('"),
  row(
    65001,
    'invalid_grant',
    400,
    'The user or administrator has not consented to use the application with ID',
    {
      suberror: 'consent_required',
    },
  ),
  row(50173, 'invalid_grant', 400, 'The provided grant has expired due to it being revoked', BAD_TOKEN),
  row(700082, 'invalid_grant', 400, 'The refresh token has expired due to inactivity', BAD_TOKEN),
  row(70043, 'invalid_grant', 400, 'The refresh token has expired .* for this request is 3600\\.', BAD_TOKEN),
  row(700084, 'invalid_grant', 400, 'The refresh token was issued to a single page app', BAD_TOKEN),
  row(54005, 'invalid_grant', 400, 'OAuth2 Authorization code was already redeemed'),
  row(70008, 'invalid_grant', 400, 'The provided authorization code or refresh token has expired'),
  row(501481, 'invalid_grant', 400, 'The Code_Verifier does not match the code_challenge'),
  row(50011, 'invalid_request', 400, "The redirect URI '", { on: 'page' }),
  row(500131, 'invalid_grant', 400, 'Assertion audience does not match'),
  row(500133, 'invalid_grant', 400, 'Assertion is not within its valid time range'),
  row(70016, 'authorization_pending', 400, 'OAuth 2\\.0 device flow error\\. Authorization is pending'),
  row(70018, 'bad_verification_code', 400, 'Invalid verification code'),
  row(70019, 'expired_token', 400, 'The verification code has expired', { on: 'page' }),
  row(70020, 'expired_token', 400, 'The provided value for the input parameter'),
  row(90133, 'invalid_request', 400, 'Device Code flow is not supported under /common or /consumers'),
  row(50194, 'invalid_request', 400, "Application '.*'\\(notebook\\) is not configured as a multi-tenant"),
  row(50020, 'invalid_request', 400, "User account 'carol@.*' does not exist in tenant 'contoso'"),
  row(90033, 'temporarily_unavailable', 503, 'A transient error has occurred'),
  row(90006, 'temporarily_unavailable', 503, ''),
  row(50196, 'invalid_grant', 400, 'The server terminated an operation because .* a client request loop', {
    on: 'redirect',
  }),
];
