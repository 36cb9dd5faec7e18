import { nameClaims } from '../entra/users/issue-user-token.js';
import { verifyBearer } from '../entra/verify-bearer.js';
import { jsonAnswer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { authenticateGraph } from './authenticate-graph.js';
import { graphRefusal, requestDenied } from './graph-refusal.js';

/**
 * `GET` or `POST /oidc/userinfo` (OpenID Connect Core, section 5.3): who the bearer of a token for Microsoft
 * Graph is. `sub` is that of the ID token of the same application.
 *
 * @throws a refusal: 401 without a valid token, 403 where it is not a user's, 405
 */
export async function userInfo(call: Call): Promise<Response> {
  if (call.method !== 'GET' && call.method !== 'POST') {
    throw graphRefusal(405, 'Request_BadRequest', 'Use GET or POST.', { allow: 'GET, POST' });
  }
  const { objectId, kind } = await authenticateGraph(call);
  const user = call.world.store.get('users', objectId);
  if (kind !== 'User' || user === undefined) throw requestDenied('deny; userinfo is for users');
  const bearer = await verifyBearer(call, 'graph');
  const { name, given_name, family_name } = nameClaims(user);
  return jsonAnswer(200, {
    sub: bearer.claims['sub'],
    name,
    given_name,
    family_name,
    picture: `${call.faces.graph}/v1.0/me/photo/$value`,
    email: user.userPrincipalName,
  });
}
