import { subscriptionId } from '../../core/arm-ids.js';
import { idFor } from '../../core/ids.js';
import { AUTHORIZATION_VERSIONS } from '../api-versions.js';
import type { ArmType } from '../arm-context.js';
import { listAnswer } from '../list-answer.js';

const TYPE = 'Microsoft.Authorization/classicAdministrators';

/** `/subscriptions/{id}/providers/Microsoft.Authorization/classicAdministrators`. They may nothing here. */
export const classicAdministrators: ArmType = {
  type: TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  list: {
    rule: 'enforced',
    handler({ call, path }) {
      const subscription = path.subscriptionId?.toLowerCase() ?? '';
      const rows = call.world.store.get('subscriptions', subscription)?.classicAdministrators ?? [];
      const items = rows.map(({ emailAddress, role }) => {
        const name = idFor('classic-administrator', subscription, emailAddress);
        const id = `${subscriptionId(subscription)}/providers/${TYPE}/${name}`;
        return { properties: { emailAddress, role }, id, type: TYPE, name };
      });
      return listAnswer(call, items, '$skipToken');
    },
  },
};
