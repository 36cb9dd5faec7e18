import { isGuid } from '@aml-auth/core';
import { actionMatches, builtInRoles } from '@aml-auth/permissions';
import { describe, expect, it } from 'vitest';

import { azureMlOperations } from '../fixtures/azure-ml-operations.js';

function count(roleName: string, strictSegments: boolean): readonly number[] {
  const [entry] = builtInRoles.find((role) => role.roleName === roleName)!.permissions;
  const covered = (patterns: readonly string[]) => (operation: string) =>
    patterns.some((pattern) => actionMatches(pattern, operation, { strictSegments }));
  const actions = azureMlOperations.filter(covered(entry!.actions));
  const notActions = azureMlOperations.filter(covered(entry!.notActions));
  const effective = actions.filter((operation) => !notActions.includes(operation));
  return [actions.length, notActions.length, effective.length];
}

describe('builtInRoles', () => {
  it.each([
    ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner'],
    ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor'],
    ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader'],
    ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator'],
    ['f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator'],
    ['f6c7c914-8db3-469d-8ca1-694a8f32e121', 'AzureML Data Scientist'],
    ['e503ece1-11d0-4e8e-8e2c-7a6c3bf38815', 'AzureML Compute Operator'],
    ['1823dd4f-9b8c-4ab6-ab4e-7397a3684615', 'AzureML Registry User'],
    ['635dd51f-9968-44d3-b7fb-6d9a6bd613ae', 'AzureML Metrics Writer (preview)'],
    ['ea01e6af-a1c1-4350-9563-ad00f8c72ec5', 'Azure Machine Learning Workspace Connection Secrets Reader'],
    ['64702f94-c441-49e6-a78b-ef80e0188fee', 'Azure AI Developer'],
    ['b78c5d69-af96-48a3-bf8d-a8b4d589de94', 'Azure AI Administrator'],
    ['f1a07417-d97a-45cb-824c-7a7467783830', 'Managed Identity Operator'],
    ['e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', 'Managed Identity Contributor'],
    ['ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor'],
    ['2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader'],
    ['c6decf44-fd0a-444c-a844-d653c394e7ab', 'Data Labeling - Labeler'],
    ['7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull'],
    ['8311e382-0749-4cb8-b61a-304f252e45ec', 'AcrPush'],
    ['b93aa761-3e63-49ed-ac28-beffa264f7ac', 'Container Registry Repository Reader'],
    ['00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator'],
    ['b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'Key Vault Secrets Officer'],
    ['4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User'],
    ['21090545-7ca7-4776-b22c-e363652d74d2', 'Key Vault Reader'],
    ['0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8', 'Azure Kubernetes Service Cluster Admin Role'],
    ['4d97b98b-1d4f-4787-a291-c67834d212e7', 'Network Contributor'],
    ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner'],
    ['db58b8e5-c6ad-4a2a-8342-4190687cbf4a', 'Storage Blob Delegator'],
    ['69566ab7-960f-475b-8e7c-b3118f30c6bd', 'Storage File Data Privileged Contributor'],
    ['17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor'],
    ['c12c1c16-33a1-487b-954d-41c89c60f349', 'Reader and Data Access'],
  ])('has %s as %s', (id, roleName) => {
    expect(builtInRoles.find((role) => role.id === id)?.roleName).toBe(roleName);
  });

  it('has each role once, with a GUID in lower case and a description', () => {
    expect(new Set(builtInRoles.map(({ id }) => id)).size).toBe(31);
    for (const { id, description, roleType, assignableScopes } of builtInRoles) {
      expect(isGuid(id) && id === id.toLowerCase()).toBe(true);
      expect(description).toMatch(/\.$/);
      expect({ roleType, assignableScopes }).toEqual({ roleType: 'BuiltInRole', assignableScopes: ['/'] });
    }
  });

  it('writes patterns that Azure accepts: at most one *, and that a whole segment', () => {
    const patterns = builtInRoles.flatMap(({ permissions }) =>
      permissions.flatMap((entry) => [
        ...entry.actions,
        ...entry.notActions,
        ...entry.dataActions,
        ...entry.notDataActions,
      ]),
    );
    expect(patterns.length).toBeGreaterThan(100);
    for (const pattern of patterns) expect(pattern).toMatch(/^(?:\*|[\w.]+)(?:\/(?:\*|[\w-]+))*$/);
    for (const pattern of patterns) expect(pattern.split('*').length).toBeLessThanOrEqual(2);
  });

  // Numbers of the 289 published operations: actions, notActions, what is left.
  it.each([
    ['AzureML Data Scientist', false, [254, 10, 244]],
    ['AzureML Data Scientist', true, [251, 8, 245]],
    ['Azure AI Developer', false, [261, 7, 254]],
    ['Azure AI Developer', true, [258, 7, 253]],
    ['Reader', false, [103, 0, 103]],
    ['Owner', false, [289, 0, 289]],
  ])('%s, strict segments %s: %j', (roleName, strictSegments, numbers) => {
    expect(count(roleName, strictSegments)).toEqual(numbers);
  });
});
