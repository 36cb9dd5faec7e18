import { jsonAnswer, Refusal } from '../../http/answer.js';
import { unknownResource } from '../check-resource.js';
import type { HostContext } from '../host-context.js';
import { personOf, personToken } from '../person-token.js';
import { tokenAnswer, tokenBody } from '../token-answer.js';

/** The application behind Cloud Shell. */
const CLIENT_ID = 'b677c290-cf4b-4a8e-a60e-91ba650a4abe';

/** Cloud Shell: `POST $MSI_ENDPOINT`. The token is that of the person who opened it. */
export async function cloudShell(context: HostContext): Promise<Response> {
  const { call, host } = context;
  if (call.headers.get('metadata')?.toLowerCase() !== 'true') {
    throw refusal('bad_request_102', 'Required metadata header not specified');
  }
  const resource = new URLSearchParams(call.body).get('resource') ?? '';
  if (resource === '') throw refusal('invalid_request', 'Required audience parameter not specified');
  const unknown = unknownResource(context, resource);
  if (unknown !== undefined) throw refusal(unknown.error, unknown.error_description);
  const user = personOf(context, host.userId);
  if (user === undefined) throw refusal('invalid_request', 'Identity not found');
  const token = await personToken(context, user, CLIENT_ID, resource);
  return tokenAnswer({ ...tokenBody(token, resource), refresh_token: '' });
}

function refusal(code: string, message: string): Refusal {
  return new Refusal(() => jsonAnswer(400, { error: { code, message } }));
}
