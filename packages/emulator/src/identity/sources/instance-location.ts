import { jsonAnswer } from '../../http/answer.js';
import type { HostContext } from '../host-context.js';
import { requireMetadata } from './imds.js';

/** `GET /metadata/instance/compute/location`: the region, as clients of a regional token service ask for it. */
export function instanceLocation(context: HostContext): Response {
  requireMetadata(context.call);
  const { call, host } = context;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(call.query.get('api-version') ?? '')) {
    return jsonAnswer(400, {
      error:
        'Bad request. api-version was not specified in the request. For more information refer to aka.ms/azureimds',
      'newest-versions': ['2021-02-01', '2021-01-01', '2020-12-01'],
    });
  }
  if (call.query.get('format')?.toLowerCase() !== 'text') return jsonAnswer(200, host.location);
  return new Response(host.location, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
