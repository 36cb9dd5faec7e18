import type { Call } from '../../http/call.js';
import { decodeBearer } from '../journal/decode-token.js';
import type { FaultRequest } from './matches-fault.js';

/** A call as faults see it. */
export function faultRequest(call: Call, host: string): FaultRequest {
  const isForm = call.headers.get('content-type')?.includes('x-www-form-urlencoded') === true;
  const form = isForm ? Object.fromEntries(new URLSearchParams(call.body)) : {};
  const { appid, upn } = decodeBearer(call.headers.get('authorization'))?.claims ?? {};
  const ids = [form['client_id'], appid].filter((id) => typeof id === 'string' && id !== '');
  const names = call.world.store
    .list('applications')
    .filter(({ clientId }) => ids.includes(clientId))
    .map(({ displayName }) => displayName);
  const others = [
    upn,
    form['username'],
    form['x-client-SKU'],
    call.headers.get('x-client-sku'),
    call.headers.get('user-agent'),
  ];
  return {
    host,
    method: call.method,
    path: `/${call.segments.join('/')}`,
    clients: [...ids, ...names, ...others].filter((name): name is string => typeof name === 'string'),
    form,
  };
}
