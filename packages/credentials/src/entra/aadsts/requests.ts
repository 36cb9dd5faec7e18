import { outage, rejected, settings, throttled, type AadstsTable } from './aadsts-facts.js';

const AGAIN = 'Try again later; https://status.azure.com shows outages.';
const REPORT =
  'Check with "aml-auth doctor" what stands between this program and the authority; report it if it goes on.';
const SCOPE = 'Use a scope such as https://ml.azure.com/.default.';

/** Tenants, resources and the request itself; and failures of the service. */
export const REQUESTS: AadstsTable = {
  50000: outage('The sign-in service failed.', 'A fault of the service.', AGAIN),
  50001: settings(
    'The resource is not known or disabled in this tenant.',
    'A misspelt scope, or a service that the tenant does not use.',
    ({ tenantId }) => `Check the spelling of the scope, and whether tenant ${tenantId} uses its service.`,
  ),
  50049: settings(
    'The authority is not known.',
    'A misspelt host, or a cloud that is not configured.',
    'Check the option cloud, and AZURE_AUTHORITY_HOST in the environment.',
  ),
  70003: settings(
    'The authority does not support this grant.',
    'A tenant or cloud without this flow.',
    'Check the authority host, and that it is of Microsoft Entra ID and not of another server.',
  ),
  70007: settings(
    'The request has a value that is not supported.',
    'Something rewrites the request.',
    REPORT,
  ),
  70011: settings(
    'The scope is not valid.',
    'A scope of another form, or several resources in one request.',
    SCOPE,
  ),
  90002: settings(
    'The tenant does not exist.',
    'A misspelt tenant, a tenant of another cloud, or one without subscriptions.',
    ({ tenantId }) => `Check the spelling of tenant ${tenantId}, and give the cloud that it is in.`,
  ),
  90006: outage('A server behind the sign-in service failed.', 'A fault that passes by itself.', AGAIN),
  90012: outage('The sign-in service took too long.', 'A fault that passes by itself.', AGAIN),
  90014: settings('A field of the request is missing.', 'Something rewrites the request.', REPORT),
  90019: settings(
    'The request does not say which tenant is meant.',
    'The tenant was left out.',
    'Give tenantId: the tenant id or a domain name of it.',
  ),
  90023: settings('The request is not valid.', 'Something rewrites the request.', REPORT),
  90025: outage(
    'A server behind the sign-in service does not answer.',
    'A fault that passes by itself.',
    AGAIN,
  ),
  90033: outage('The directory is not available.', 'A fault that passes by itself.', AGAIN),
  90038: settings(
    'The tenant is in another national cloud.',
    'The public authority was asked for a tenant of Azure Government or China.',
    'Give the option cloud of the tenant: usGovernmentCloud or chinaCloud.',
  ),
  90051: settings(
    'The national cloud in the request is not one.',
    'A misspelt cloud.',
    'Give the option cloud: publicCloud, chinaCloud, usGovernmentCloud, or what fetchCloud() gives.',
  ),
  90055: throttled(
    'The tenant makes too many requests.',
    'Many programs ask for tokens without keeping them.',
    'Wait, then try again; share one credential object, or a token store, between callers.',
  ),
  90133: settings('The device code request is not valid.', 'Something rewrites the request.', REPORT),
  500011: settings(
    'The resource is not known in this tenant.',
    'A misspelt scope, a resource of another cloud, or one that nobody has used here yet.',
    ({ tenantId }) =>
      `Check the spelling of the scope, its cloud, and whether tenant ${tenantId} uses its service.`,
  ),
  500014: settings(
    'The resource is disabled in this tenant.',
    'An administrator has disabled its service principal, or the subscription to it has ended.',
    'Let an administrator enable the service principal of the resource.',
  ),
  501461: settings(
    'The application does not have this audience.',
    'The resource in the scope is not the identifier of the application.',
    SCOPE,
  ),
  501481: rejected(
    'The code verifier does not fit the challenge.',
    'The code belongs to another sign-in.',
    'Start the sign-in again.',
  ),
  700022: settings(
    'The scopes are of more than one resource.',
    'One request asks for several services.',
    'Ask for one resource at a time: one getToken for each.',
  ),
  900023: settings(
    'The tenant is neither a GUID nor a domain name.',
    'A name or a placeholder was given.',
    'Give tenantId as a GUID or a domain such as contoso.onmicrosoft.com.',
  ),
  900144: settings('A field of the request is missing.', 'Something rewrites the request.', REPORT),
  900561: settings(
    'The endpoint takes another method.',
    'A proxy or a link turned a POST into a GET.',
    REPORT,
  ),
  1002012: settings(
    'An application asked for single permissions.',
    'The scope does not end in /.default.',
    'Use a scope that ends in /.default, such as https://ml.azure.com/.default.',
  ),
  9002313: settings('The request is malformed.', 'Something rewrites the request.', REPORT),
};
