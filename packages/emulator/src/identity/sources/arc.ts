import type { ServicePrincipal } from '../../core/directory-rows.js';
import { emptyAnswer, Refusal } from '../../http/answer.js';
import type { HostContext } from '../host-context.js';
import { identitiesOf } from '../identities-of.js';
import { issueIdentityToken } from '../issue-identity-token.js';
import {
  readSelectors,
  selectIdentity,
  systemIdentity,
  type Selector,
  type SelectorNames,
} from '../select-identity.js';
import { tokenAnswer, tokenBody } from '../token-answer.js';
import { imdsRefusal, readTokenQuery, requireMetadata } from './imds.js';

const SELECTORS: SelectorNames = { client_id: 'clientId', object_id: 'objectId', msi_res_id: 'resourceId' };

/**
 * Azure Arc: `GET $IDENTITY_ENDPOINT`, answered first with a challenge (RFC 7617) that names a key file,
 * then, with the text of that file, with a token. The identity that was named stands in the answer;
 * clients refuse the token without it.
 */
export async function arc(context: HostContext): Promise<Response> {
  const { call, host } = context;
  requireMetadata(context.call);
  const resource = readTokenQuery(context);
  const { arcKeys } = call.world.identity;
  const key = /^basic\s+(\S+)$/i.exec(call.headers.get('authorization')?.trim() ?? '')?.[1];
  if (key === undefined || !arcKeys.redeem(host.name, key)) {
    const path = arcKeys.issue(host.name, host.keyFolder);
    throw new Refusal(() => emptyAnswer(401, { 'www-authenticate': `Basic realm=${path}` }));
  }
  const { identity, echo } = identityFor(context);
  const token = await issueIdentityToken(call, { host, identity, audience: resource });
  return tokenAnswer({ client_id: identity.appId, ...tokenBody(token, resource), ...echo });
}

interface Choice {
  readonly identity: ServicePrincipal;
  /** The selectors as they were honoured. */
  readonly echo: Readonly<Record<string, string>>;
}

/** An agent without user-assigned identities does not know selectors: it gives its own identity, and no echo. */
function identityFor({ call, host }: HostContext): Choice {
  const identities = identitiesOf(call.world.store, host);
  const selectors: readonly Selector[] = readSelectors(call.query, SELECTORS);
  const own = systemIdentity(identities);
  const knowsSelectors = identities.some((identity) => identity !== own);
  if (own !== undefined && (selectors.length === 0 || !knowsSelectors)) return { identity: own, echo: {} };
  const identity = selectors.length === 0 ? undefined : selectIdentity(identities, selectors);
  if (identity === undefined) throw imdsRefusal('invalid_request', 'Identity not found');
  return {
    identity,
    echo: Object.fromEntries(selectors.map(({ parameter, value }) => [parameter, value])),
  };
}
