import type { ArmType } from '../../arm-context.js';
import { wantedBy } from './assets.js';
import { genericResource } from './generic-resource.js';

/** `…/workspaces/{workspace}/schedules`: kept and shown; none of them ever fires. */
export const schedules: ArmType = genericResource({
  path: 'schedules',
  noun: 'Schedule',
  name: /^[a-z\d][\w-]{0,254}$/i,
  required: ['action', 'trigger'],
  created: 201,
  filter: (rows, context) => wantedBy(context, rows),
  added: ({ properties }) => ({ isEnabled: properties['isEnabled'] ?? true, provisioningState: 'Succeeded' }),
});
