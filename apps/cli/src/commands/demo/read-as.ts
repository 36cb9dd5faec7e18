import { defaultScope, type Credential } from '@aml-auth/core';
import type { Locale } from '../../messages/messages.js';
import { identityOf, type TokenIdentity } from '../whoami/identity-of.js';
import { columns } from './columns.js';
import type { DemoWorld } from './demo-world.js';
import { requirePromise } from './workflow.js';

/** Who read the workspace, and what was read. */
export interface WorkspaceRead {
  readonly identity: TokenIdentity;
  readonly workspace: string;
  readonly location: string | undefined;
  readonly state: string | undefined;
}

/**
 * Reads the workspace with a credential.
 *
 * @param objectId - who the token must be for
 */
export async function readAs(
  world: DemoWorld,
  credential: Credential,
  objectId: string,
): Promise<WorkspaceRead> {
  const { cloud, signal, armAs } = world;
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, { abortSignal: signal });
  const identity = identityOf(token);
  requirePromise(
    identity.objectId === objectId,
    `The token is for ${String(identity.objectId)}, and not for ${objectId}.`,
  );
  const { subscriptionId, resourceGroup, name: workspaceName } = world.workspace;
  const ref = { subscriptionId, resourceGroup, workspaceName };
  const read = await armAs(credential).workspaces.get(ref, { signal });
  return {
    identity,
    workspace: read.name,
    location: read.location,
    state: read.properties.provisioningState,
  };
}

/** The claims that say who, never the token; and the workspace. */
export function tellRead(locale: Locale, { identity, workspace, location, state }: WorkspaceRead): string[] {
  const { name, clientId, kind, objectId, expiresOn } = identity;
  const who = [name ?? clientId, kind].filter(Boolean).join(', ');
  const place = [location, state].filter(Boolean).join(', ');
  return locale === 'ko'
    ? columns({
        누구: who,
        '개체 ID': objectId,
        만료: expiresOn,
        '읽은 작업 영역': `${workspace} (${place})`,
      })
    : columns({
        who,
        'object id': objectId,
        expires: expiresOn,
        'workspace read': `${workspace} (${place})`,
      });
}
