import { scopeCovers } from '@aml-auth/permissions';

import { mergeChange } from '../../../core/operation-rows.js';
import { emptyAnswer, jsonAnswer } from '../../../http/answer.js';
import { queryValue } from '../../../http/call.js';
import { COMPUTE_VERSIONS } from '../../api-versions.js';
import type { ArmType } from '../../arm-context.js';
import { listAnswer } from '../../list-answer.js';
import { requireIdle } from '../../operations/operation-state.js';
import { startOperation } from '../../operations/start-operation.js';
import { findMachine } from './find-machine.js';
import { machineActions } from './machine-actions.js';
import { instanceViewOf, presentMachine } from './present-machine.js';
import { createMachine, updateMachine } from './read-machine.js';

const TYPE = 'Microsoft.Compute/virtualMachines';

/** `…/providers/Microsoft.Compute/virtualMachines`: what managed identities need of them. */
export const virtualMachines: ArmType = {
  type: TYPE,
  apiVersions: COMPUTE_VERSIONS,
  list: {
    rule: 'filtered',
    handler({ call, path, may, tenantId }) {
      const { store } = call.world;
      const rows = store
        .list('virtualMachines')
        .filter((row) => scopeCovers(path.scope, row.id) && may(`${TYPE}/read`, row.id));
      return listAnswer(
        call,
        rows.map((row) => presentMachine(row, tenantId, store)),
        '$skipToken',
      );
    },
  },
  get(context) {
    const { call, tenantId } = context;
    const { store } = call.world;
    const row = findMachine(context);
    const machine = presentMachine(row, tenantId, store);
    if (queryValue(call, '$expand')?.toLowerCase() !== 'instanceview') return jsonAnswer(200, machine);
    const properties = machine['properties'] as Record<string, unknown>;
    return jsonAnswer(200, {
      ...machine,
      properties: { ...properties, instanceView: instanceViewOf(row, store) },
    });
  },
  put(context) {
    const { store } = context.call.world;
    requireIdle(store, context.path.id);
    const existing = store.get('virtualMachines', context.path.id);
    const row = createMachine(context, existing);
    return startOperation(context, {
      kind: 'computeOperations',
      style: 'async',
      resourceId: row.id,
      location: row.location,
      runningState: existing === undefined ? 'Creating' : 'Updating',
      status: existing === undefined ? 201 : 200,
      body: () => presentMachine(row, context.tenantId, store),
      onSuccess:
        existing === undefined ? [mergeChange('virtualMachines', row.id, { powerState: 'running' })] : [],
    });
  },
  patch(context) {
    const { store } = context.call.world;
    const existing = findMachine(context);
    requireIdle(store, existing.id);
    const row = updateMachine(context, existing);
    return startOperation(context, {
      kind: 'computeOperations',
      style: 'async',
      resourceId: row.id,
      location: row.location,
      runningState: 'Updating',
      status: 200,
      body: () => presentMachine(row, context.tenantId, store),
    });
  },
  delete(context) {
    const { store } = context.call.world;
    const existing = store.get('virtualMachines', context.path.id);
    if (existing === undefined) return emptyAnswer(204);
    requireIdle(store, existing.id);
    return startOperation(context, {
      kind: 'computeOperations',
      style: 'both',
      resourceId: existing.id,
      location: existing.location,
      runningState: 'Deleting',
      onSuccess: [{ change: 'removeWithin', scope: existing.id }],
    });
  },
  actions: machineActions,
};

/** `…/virtualMachines/{name}/instanceView`: what a machine is doing. */
export const machineInstanceView: ArmType = {
  type: `${TYPE}/instanceView`,
  apiVersions: COMPUTE_VERSIONS,
  list: {
    rule: 'enforced',
    handler(context) {
      const { store } = context.call.world;
      return jsonAnswer(200, instanceViewOf(findMachine(context), store));
    },
  },
};
