import type { Clock } from '@aml-auth/core';

import { scoringAddress } from '../arm/providers/machine-learning/endpoints/endpoint-place.js';
import type { Store } from '../core/store.js';
import type { Vault } from '../core/vault.js';
import { notInEmulator } from '../directory.js';
import type { Emulator } from '../emulator.js';
import type { OwnHosts } from '../http/own-hosts.js';
import { findEndpoint } from '../seed/find-endpoint.js';
import { hostEnvironment } from './host-environment.js';
import type { HostRuntime } from './host-runtime.js';
import { identitiesOf } from './identities-of.js';

/** The look-ups of an emulator by name that have to do with managed identities. */
export type HostDirectory = Pick<Emulator, 'identity' | 'compute' | 'endpoint' | 'host'>;

/** What the look-ups work on. */
export interface HostDirectoryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly runtime: HostRuntime;
  readonly hosts: OwnHosts;
  /** SHA-1 of the emulator's certificate, in hexadecimal. */
  readonly thumbprint: string;
}

/** Look-ups over the present state. */
export function createHostDirectory(options: HostDirectoryOptions): HostDirectory {
  const { store, clock, vault, runtime, hosts, thumbprint } = options;
  return {
    identity(name) {
      const row = store
        .list('userAssignedIdentities')
        .find((identity) =>
          [undefined, identity.name, `${identity.resourceGroup}/${identity.name}`].includes(name),
        );
      if (row === undefined) throw notInEmulator('managed identity', name);
      const { id, principalId, clientId } = row;
      return { id, name: row.name, principalId, clientId };
    },
    compute(name) {
      const row = store
        .list('computes')
        .find((compute) =>
          [
            undefined,
            compute.name,
            `${store.get('workspaces', compute.workspaceId)?.name ?? ''}/${compute.name}`,
          ].includes(name),
        );
      if (row === undefined) throw notInEmulator('compute', name);
      const { id, workspaceId, identity } = row;
      return { id, name: row.name, workspaceId, principalId: identity.principalId ?? undefined };
    },
    endpoint(name) {
      const row = findEndpoint(store, name);
      if (row === undefined) throw notInEmulator('online endpoint', name);
      const { id, parentId, identity, properties, sealed } = row;
      return {
        id,
        name: row.name,
        workspaceId: parentId,
        scoringUri: `${scoringAddress(hosts, row)}/score`,
        principalId: identity?.principalId ?? undefined,
        key: properties['authMode'] === 'Key' ? vault.open(sealed['primary'] ?? '') : undefined,
      };
    },
    host(name) {
      const rows = store.list('hosts');
      const row =
        rows.find((host) => host.name.toLowerCase() === name.toLowerCase()) ??
        rows.find(({ kind }) => kind === name);
      if (row === undefined) throw notInEmulator('host', name);
      return {
        name: row.name,
        kind: row.kind,
        resourceId: row.resourceId ?? undefined,
        identities: identitiesOf(store, row).map(({ id, appId, resourceId }) => ({
          id: resourceId ?? '',
          principalId: id,
          clientId: appId,
        })),
        env: hostEnvironment({
          now: clock.now(),
          store,
          host: row,
          port: hosts.port,
          secret: runtime.secretOf(row.name),
          thumbprint,
        }),
      };
    },
  };
}
