import { azureMlOperations } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { azureMlOperations as published } from '../fixtures/azure-ml-operations.js';

const path = ({ name }: { readonly name: string }) => name.replace('Microsoft.MachineLearningServices/', '');

describe('azureMlOperations', () => {
  it('has every published operation once', () => {
    expect(azureMlOperations.map(({ name }) => name).toSorted()).toEqual([...published].toSorted());
  });

  it('tells resource type and verb apart', () => {
    const found = (end: string) => azureMlOperations.find(({ name }) => name.endsWith(end));
    expect(found('Services/register/action')).toMatchObject({ resourceType: '', verb: 'register/action' });
    expect(found('workspaces/computes/listKeys/action')).toMatchObject({
      resourceType: 'workspaces/computes',
      verb: 'listKeys/action',
    });
  });

  it('marks 21 operations as secret-bearing, three of which every reader has', () => {
    const secret = azureMlOperations.filter(({ isSecret }) => isSecret);
    expect(secret).toHaveLength(21);
    expect(secret.filter(({ verb }) => verb === 'read').map(path)).toEqual([
      'workspaces/listNotebookAccessToken/read',
      'workspaces/listNotebookKeys/read',
      'workspaces/metadata/secrets/read',
    ]);
  });

  it('marks what runs code, and which of that acts as a managed identity', () => {
    const running = azureMlOperations.filter(({ runsCode }) => runsCode);
    expect(running).toHaveLength(11);
    expect(running.filter(({ handsOverIdentity }) => !handsOverIdentity).map(path)).toEqual([
      'workspaces/environments/build/action',
    ]);
    expect(azureMlOperations.filter(({ handsOverIdentity }) => handsOverIdentity)).toHaveLength(10);
  });
});
