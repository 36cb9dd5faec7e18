import { randomGuid } from '../../core/random.js';
import { jsonAnswer, Refusal } from '../../http/answer.js';
import { unknownResource } from '../check-resource.js';
import type { HostContext } from '../host-context.js';
import { identitiesOf } from '../identities-of.js';
import { issueIdentityToken } from '../issue-identity-token.js';
import { defaultIdentity } from '../select-identity.js';
import { tokenAnswer } from '../token-answer.js';

const VERSION = '2019-07-01-preview';

/**
 * Service Fabric: `GET $IDENTITY_ENDPOINT` over https, whose certificate clients know by its thumbprint.
 * The cluster decides which identity it is.
 */
export async function serviceFabric(context: HostContext): Promise<Response> {
  const { call, host } = context;
  const version = call.query.get('api-version') ?? '';
  if (version !== VERSION) {
    const message = `The api-version '${version.slice(0, 40)}' is not supported. Supported version is '${VERSION}'.`;
    throw refusal(400, 'InvalidApiVersion', message);
  }
  const secret = call.headers.get('secret') ?? '';
  if (secret === '') {
    throw refusal(400, 'SecretHeaderNotFound', 'Secret is not found in the request headers.');
  }
  const identity = defaultIdentity(identitiesOf(call.world.store, host));
  if (identity === undefined || !call.world.identity.isSecret(host.name, secret)) {
    const message = 'Managed identity not found for the specified application host.';
    throw refusal(404, 'ManagedIdentityNotFound', message);
  }
  const resource = call.query.get('resource') ?? '';
  if (resource === '') {
    const message = "The parameter 'resource' should not be null or empty string.";
    throw refusal(400, 'ArgumentNullOrEmpty', message);
  }
  if (unknownResource(context, resource) !== undefined) {
    throw refusal(500, 'InternalServerError', 'An error occurred.');
  }
  // `token_sha256_to_refresh` asks for another token than the one with that hash: every one is new here.
  const capabilities = (call.query.get('xms_cc') ?? '').split(',').filter((value) => value !== '');
  const token = await issueIdentityToken(call, { host, identity, audience: resource, capabilities });
  return tokenAnswer({
    token_type: 'Bearer',
    access_token: token.accessToken,
    expires_on: token.expiresOn,
    resource,
  });
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal((call) =>
    jsonAnswer(status, { error: { correlationId: randomGuid(call.world.random), code, message } }),
  );
}
