import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependentNames } from '../../src/workspaces/dependent-names.js';

const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('the names of what a workspace needs beside it', () => {
  it('are allowed in Azure, whatever the workspace is called', () => {
    fc.assert(
      fc.property(name, digest, (workspace, hash) => {
        const names = dependentNames(workspace, hash);
        expect(names.storageAccount).toMatch(/^[a-z0-9]{3,24}$/);
        expect(names.keyVault).toMatch(/^(?=.{3,24}$)[a-z](?:-?[a-z0-9])+$/i);
        expect(names.logs).toMatch(/^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/);
        expect(names.applicationInsights).toMatch(/^[\w.()-]{1,259}[\w()-]$/);
      }),
    );
  });

  it('are other ones for another workspace', () => {
    fc.assert(
      fc.property(name, digest, digest, (workspace, one, other) => {
        fc.pre(one.slice(0, 10) !== other.slice(0, 10));
        const [first, second] = [dependentNames(workspace, one), dependentNames(workspace, other)];
        expect(first.storageAccount).not.toBe(second.storageAccount);
        expect(first.keyVault).not.toBe(second.keyVault);
      }),
    );
  });
});
