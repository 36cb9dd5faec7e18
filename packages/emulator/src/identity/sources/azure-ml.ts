import { isGuid } from '@aml-auth/core';

import { answersOnHost } from '../../arm/providers/compute-state.js';
import type { Compute } from '../../core/resource-rows.js';
import type { IssuedToken } from '../../entra/sign-access-token.js';
import { Refusal } from '../../http/answer.js';
import { unknownResource } from '../check-resource.js';
import type { HostContext } from '../host-context.js';
import { identitiesOf } from '../identities-of.js';
import { issueIdentityToken } from '../issue-identity-token.js';
import { personOf, personToken } from '../person-token.js';
import { defaultIdentity, systemIdentity } from '../select-identity.js';
import { submitterOf } from '../submitter-of.js';
import { tokenAnswer } from '../token-answer.js';

const VERSION = '2017-09-01';
/** Azure Machine Learning, which acts for the people that use its computes. */
const CLIENT_ID = '0736f41a-0425-4b46-bdb5-1563eff02385';

/** What a request gets: a token and the client id that goes with it. */
interface Found {
  readonly token: IssuedToken;
  readonly clientId: string | undefined;
}

/**
 * Computes and online endpoints of Azure Machine Learning: `GET $MSI_ENDPOINT`. An identity counts as
 * named by a GUID in `clientid` and by nothing else. On an instance, whoever names none gets the token
 * of the assigned user, whatever identity the instance has.
 */
export async function azureMl(context: HostContext): Promise<Response> {
  const { call, host } = context;
  requireRunning(context);
  // The real endpoint repeats what was sent. That may be a secret of something else.
  if (!call.world.identity.isSecret(host.name, call.headers.get('secret'))) {
    throw refusal(401, 'Invalid secret token header: ');
  }
  if (call.headers.get('metadata')?.toLowerCase() !== 'true') {
    throw refusal(400, 'Required metadata header not specified');
  }
  const version = call.query.get('api-version') ?? VERSION;
  if (version !== VERSION) throw refusal(400, `The api-version '${version.slice(0, 20)}' is not supported`);
  const resource = resourceOf(context);
  const { token, clientId } = await tokenFor(context, resource);
  return tokenAnswer({
    access_token: token.accessToken,
    // Clients take a text here for a date, and the token for expired.
    expires_on: token.expiresOn,
    resource,
    token_type: 'Bearer',
    ...(clientId === undefined ? {} : { client_id: clientId }),
  });
}

/** `GET $OBO_ENDPOINT?resource=…` in a job that runs on behalf of the person who submitted it. */
export async function azureMlOnBehalfOf(context: HostContext): Promise<Response> {
  requireRunning(context);
  const user = personOf(
    context,
    submitterOf(context.call.world.store, context.host, context.call.world.clock.now()),
  );
  if (user === undefined) throw refusal(404, 'The job does not run on behalf of a user');
  const resource = resourceOf(context);
  const token = await personToken(context, user, CLIENT_ID, resource);
  return tokenAnswer({
    access_token: token.accessToken,
    expires_on: token.expiresOn,
    resource,
    token_type: 'Bearer',
  });
}

/** Where nothing runs, nothing answers. There is a connection here, so it is told what is the matter. */
function requireRunning({ call, host }: HostContext): void {
  if (host.kind !== 'aml-compute') return;
  const { store } = call.world;
  const compute = store.get('computes', host.resourceId ?? '');
  if (compute !== undefined && answersOnHost(store, compute)) return;
  throw refusal(
    503,
    `Nothing answers: the compute ${host.name} ${compute === undefined ? 'is gone' : 'is not running'}.`,
  );
}

function resourceOf(context: HostContext): string {
  const resource = context.call.query.get('resource') ?? '';
  if (resource === '') throw refusal(400, 'Required audience parameter not specified');
  const unknown = unknownResource(context, resource);
  if (unknown !== undefined) throw refusal(400, unknown.error_description);
  return resource;
}

async function tokenFor(context: HostContext, audience: string): Promise<Found> {
  const { call, host } = context;
  const identities = identitiesOf(call.world.store, host);
  const named = call.query.get('clientid') ?? '';
  const compute = call.world.store.get('computes', host.resourceId ?? '');
  if (!isGuid(named) && compute?.kind === 'ComputeInstance' && compute.sso) {
    return { token: await assignedUserToken(context, compute, audience), clientId: undefined };
  }
  const identity = isGuid(named)
    ? identities.find(({ appId }) => appId === named.toLowerCase())
    : unnamed(compute);
  if (identity !== undefined) {
    return { token: await issueIdentityToken(call, { host, identity, audience }), clientId: identity.appId };
  }
  if (isGuid(named)) throw refusal(400, 'Identity not found');
  throw refusal(404, 'InternalError - :{\nInfo: Request failure status code: 404\n\n}');

  function unnamed(row: Compute | undefined): (typeof identities)[number] | undefined {
    if (row === undefined) return systemIdentity(identities);
    // A cluster wants every identity named, also its only one.
    return row.kind === 'ComputeInstance' ? defaultIdentity(identities) : undefined;
  }
}

function assignedUserToken(context: HostContext, compute: Compute, audience: string): Promise<IssuedToken> {
  const user = personOf(context, compute.assignedUserId);
  if (user !== undefined) return personToken(context, user, CLIENT_ID, audience);
  throw refusal(
    400,
    `SSO failure: unable to retrieve a token. Error Token service ${compute.name}. Token not found`,
  );
}

/** These endpoints refuse in plain text. */
function refusal(status: number, text: string): Refusal {
  return new Refusal(
    () => new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
  );
}
