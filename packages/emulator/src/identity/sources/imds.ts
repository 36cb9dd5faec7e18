import type { ServicePrincipal } from '../../core/directory-rows.js';
import { jsonAnswer, plainError, Refusal } from '../../http/answer.js';
import type { Call } from '../../http/call.js';
import { unknownResource } from '../check-resource.js';
import type { HostContext } from '../host-context.js';
import { identitiesOf } from '../identities-of.js';
import { issueIdentityToken } from '../issue-identity-token.js';
import { defaultIdentity, readSelectors, selectIdentity, type SelectorNames } from '../select-identity.js';
import { tokenAnswer, tokenBody } from '../token-answer.js';

const SELECTORS: SelectorNames = { client_id: 'clientId', object_id: 'objectId', msi_res_id: 'resourceId' };
const OLDEST = '2018-02-01';

/** The Instance Metadata Service of a virtual machine: `GET /metadata/identity/oauth2/token`. */
export async function imds(context: HostContext): Promise<Response> {
  requireMetadata(context.call);
  requireRunning(context);
  const resource = readTokenQuery(context);
  const identity = identityFor(context);
  const token = await issueIdentityToken(context.call, {
    host: context.host,
    identity,
    audience: resource,
  });
  return tokenAnswer({ client_id: identity.appId, ...tokenBody(token, resource) });
}

/** Where nothing runs, nothing answers. There is a connection here, so it is told what is the matter. */
function requireRunning({ call, host }: HostContext): void {
  const machine = call.world.store.get('virtualMachines', host.resourceId ?? '');
  if (machine === undefined || machine.powerState === 'running') return;
  throw new Refusal(() =>
    plainError(
      503,
      'HostNotRunning',
      `Nothing answers: the virtual machine ${host.name} is ${machine.powerState}.`,
    ),
  );
}

/** The header that no browser and no careless proxy sends. Clients probe without it: the answer must be fast. */
export function requireMetadata(call: Call): void {
  if (call.headers.get('metadata')?.toLowerCase() !== 'true') {
    throw imdsRefusal('invalid_request', 'Required metadata header not specified');
  }
}

/** The resource that the query asks for, once the query is in order. */
export function readTokenQuery(context: HostContext): string {
  const { query } = context.call;
  const version = query.get('api-version') ?? '';
  if (version === '') {
    throw imdsRefusal('invalid_request', "Required query variable 'api-version' is missing");
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version) || version < OLDEST) {
    throw imdsRefusal('invalid_request', `The api-version '${version.slice(0, 20)}' is not supported`);
  }
  const resource = query.get('resource') ?? '';
  if (resource === '') throw imdsRefusal('invalid_request', "Required query variable 'resource' is missing");
  const unknown = unknownResource(context, resource);
  if (unknown !== undefined) throw imdsRefusal(unknown.error, unknown.error_description);
  return resource;
}

function identityFor({ call, host }: HostContext): ServicePrincipal {
  const identities = identitiesOf(call.world.store, host);
  const selectors = readSelectors(call.query, SELECTORS);
  if (selectors.length === 0 && identities.length > 1 && defaultIdentity(identities) === undefined) {
    throw imdsRefusal(
      'invalid_request',
      'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
    );
  }
  const identity =
    selectors.length === 0 ? defaultIdentity(identities) : selectIdentity(identities, selectors);
  if (identity === undefined) throw imdsRefusal('invalid_request', 'Identity not found');
  return identity;
}

/** 400 in the form of the Instance Metadata Service. */
export function imdsRefusal(error: string, description: string): Refusal {
  return new Refusal(() => jsonAnswer(400, { error, error_description: description }));
}
