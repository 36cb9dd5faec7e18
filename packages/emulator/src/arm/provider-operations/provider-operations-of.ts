import { azureMlOperations } from '@aml-auth/permissions';

import type { ArmType } from '../arm-context.js';

/** An operation of a resource provider, which roles can allow. */
export interface ProviderOperation {
  /** Such as `Microsoft.MachineLearningServices/workspaces/listKeys/action`. */
  readonly name: string;
  /** What it is about, below the namespace; empty for the provider itself. */
  readonly resourceType: string;
  /** What it does: `read`, `write`, `delete`, or an action such as `listKeys`. */
  readonly verb: string;
}

const MACHINE_LEARNING = 'Microsoft.MachineLearningServices';

/**
 * The operations of a resource provider. Those of Azure Machine Learning are all that Azure has; those of
 * others are what the emulator does.
 *
 * @param namespace - in Azure's spelling
 */
export function providerOperationsOf(
  namespace: string,
  types: readonly ArmType[],
): readonly ProviderOperation[] {
  if (namespace === MACHINE_LEARNING) {
    return azureMlOperations.map(({ resourceType, verb }) => operation(namespace, resourceType, verb));
  }
  const own = types.filter(({ type }) => type.startsWith(`${namespace}/`));
  return [
    operation(namespace, '', 'register/action'),
    ...own.flatMap((type) =>
      verbsOf(type).map((verb) => operation(namespace, type.type.slice(namespace.length + 1), verb)),
    ),
  ];
}

function operation(namespace: string, resourceType: string, verb: string): ProviderOperation {
  const name = [namespace, resourceType, verb].filter(Boolean).join('/');
  return { name, resourceType, verb: verb.replace(/\/action$/, '') };
}

function verbsOf(type: ArmType): readonly string[] {
  const { list, get, put, patch, delete: remove, actions = {} } = type;
  return [
    ...(list === undefined && get === undefined ? [] : ['read']),
    ...(put === undefined && patch === undefined ? [] : ['write']),
    ...(remove === undefined ? [] : ['delete']),
    ...Object.keys(actions).map((name) => `${name}/action`),
  ];
}
