import type { ServicePrincipal } from '../../core/directory-rows.js';
import { randomGuid } from '../../core/random.js';
import { jsonAnswer, Refusal } from '../../http/answer.js';
import { unknownResource } from '../check-resource.js';
import type { HostContext } from '../host-context.js';
import { identitiesOf } from '../identities-of.js';
import { issueIdentityToken } from '../issue-identity-token.js';
import { readSelectors, selectIdentity, systemIdentity, type SelectorNames } from '../select-identity.js';
import { tokenAnswer, tokenBody } from '../token-answer.js';

const SELECTORS: SelectorNames = {
  client_id: 'clientId',
  mi_res_id: 'resourceId',
  object_id: 'objectId',
  principal_id: 'objectId',
};
const VERSION = '2019-08-01';

/** App Service, Azure Functions and Azure Container Apps: `GET $IDENTITY_ENDPOINT`. */
export async function appService(context: HostContext): Promise<Response> {
  const { call, host } = context;
  if (!call.world.identity.isSecret(host.name, call.headers.get('x-identity-header'))) {
    throw refusal(401, 'The X-IDENTITY-HEADER header is missing or wrong.');
  }
  const version = call.query.get('api-version') ?? '';
  if (version !== VERSION) {
    throw refusal(400, `The api-version '${version.slice(0, 20)}' is not supported; use ${VERSION}.`);
  }
  const resource = call.query.get('resource') ?? '';
  if (resource === '') throw refusal(400, 'The parameter resource is missing.');
  const unknown = unknownResource(context, resource);
  if (unknown !== undefined) throw refusal(400, unknown.error_description);
  const identity = identityFor(context);
  const token = await issueIdentityToken(call, { host, identity, audience: resource });
  const body = tokenBody(token, resource);
  return tokenAnswer({
    access_token: body['access_token'],
    expires_on: body['expires_on'],
    resource,
    token_type: 'Bearer',
    client_id: identity.appId,
  });
}

/** Without a name it is the system-assigned identity or none: an only user-assigned one must be named too. */
function identityFor({ call, host }: HostContext): ServicePrincipal {
  const identities = identitiesOf(call.world.store, host);
  const selectors = readSelectors(call.query, SELECTORS);
  const identity =
    selectors.length === 0 ? systemIdentity(identities) : selectIdentity(identities, selectors);
  if (identity !== undefined) return identity;
  throw refusal(
    400,
    selectors.length === 0
      ? 'Unable to load the proper Managed Identity.'
      : 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
  );
}

function refusal(status: number, message: string): Refusal {
  return new Refusal((call) => {
    const correlationId = randomGuid(call.world.random);
    return jsonAnswer(
      status,
      { statusCode: status, message, correlationId },
      { 'x-correlation-id': correlationId },
    );
  });
}
