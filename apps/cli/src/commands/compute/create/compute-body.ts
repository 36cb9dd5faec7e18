import { AmlAuthError } from '@aml-auth/core';
import type { ComputeCreateFlags } from './command.js';

/** What a new compute is described by. */
export type ComputeWishes = Pick<
  ComputeCreateFlags,
  'kind' | 'size' | 'minNodes' | 'maxNodes' | 'systemIdentity' | 'identity'
>;

/**
 * The body of the request that makes a compute (Microsoft.MachineLearningServices, `computes`).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for counts that make no sense
 */
export function computeBody(wishes: ComputeWishes, location: string): object {
  const { kind, size, minNodes = 0, maxNodes = Math.max(1, minNodes) } = wishes;
  if (kind === 'instance' && (wishes.minNodes ?? wishes.maxNodes) !== undefined) {
    throw invalid(
      'An instance is one machine: --min-nodes and --max-nodes are for clusters.',
      'Leave them out, or give --kind cluster.',
    );
  }
  if (minNodes > maxNodes) {
    throw invalid(
      `--min-nodes ${minNodes} is more than --max-nodes ${maxNodes}.`,
      'Give --max-nodes as the larger number.',
    );
  }
  const cluster = { scaleSettings: { minNodeCount: minNodes, maxNodeCount: maxNodes } };
  return {
    location,
    ...identityOf(wishes),
    properties: {
      computeType: kind === 'cluster' ? 'AmlCompute' : 'ComputeInstance',
      properties: { vmSize: size, ...(kind === 'cluster' ? cluster : {}) },
    },
  };
}

function identityOf({ systemIdentity, identity = [] }: ComputeWishes): object {
  if (identity.length === 0) return systemIdentity ? { identity: { type: 'SystemAssigned' } } : {};
  const userAssignedIdentities = Object.fromEntries(identity.map((id) => [id, {}]));
  const type = systemIdentity ? 'SystemAssigned,UserAssigned' : 'UserAssigned';
  return { identity: { type, userAssignedIdentities } };
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
