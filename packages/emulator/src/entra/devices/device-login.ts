import type { Call } from '../../http/call.js';
import { aadstsText } from '../entra-refusal.js';
import { deviceCodePage } from '../pages/device-code-page.js';
import { refuseForeignForm } from '../walk/refuse-foreign-form.js';
import { startWalk } from '../walk/start-walk.js';
import { isExpired, pendingDeviceCode } from './decide-device-code.js';

/** `/devicelogin`: where a person enters the code that a device shows. */
export function deviceLogin(call: Call): Response {
  if (call.method === 'GET') return deviceCodePage();
  const refusal = refuseForeignForm(call);
  if (refusal !== undefined) return refusal;
  const typed = new URLSearchParams(call.body).get('user_code') ?? '';
  const row = pendingDeviceCode(call.world, typed);
  if (row === undefined) return deviceCodePage(aadstsText(isExpired(call.world, typed) ? 70019 : 70018));
  const { tenantId, clientId, scope, id } = row;
  return startWalk(call, { kind: 'device', tenantId, clientId, scope, deviceCodeId: id });
}
