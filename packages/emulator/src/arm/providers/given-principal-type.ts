import { asText } from '../../core/json.js';
import { queryValue, type Call } from '../../http/call.js';

/** From which api-version on the service reads the kind of principal in a request, in days (Microsoft Learn, "Troubleshoot Azure RBAC"). */
const SINCE = '2018-09-01';
const USER_SINCE = '2020-03-01';

/** `principalType` of a request; undefined where it is not there, or its api-version is too old to have it. */
export function givenPrincipalType(
  call: Call,
  properties: Readonly<Record<string, unknown>>,
): string | undefined {
  const type = asText(properties['principalType']);
  const date = queryValue(call, 'api-version')?.slice(0, 10) ?? '';
  return date >= (type === 'User' ? USER_SINCE : SINCE) ? type : undefined;
}
