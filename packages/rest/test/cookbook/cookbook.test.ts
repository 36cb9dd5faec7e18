import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { Workspace, type ArmClient, type Secret, type WorkspaceClient } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emulatedClient } from '../emulated-client.js';

type Recipe = (...given: unknown[]) => Promise<unknown>;

let emulator: Emulator;
let arm: ArmClient;
let workspace: WorkspaceClient;
let recipes: Readonly<Record<string, Recipe>>;

/** The functions of the page whose blocks import nothing but types. */
async function readRecipes(): Promise<Record<string, Recipe>> {
  const page = await readFile(new URL('../../../../docs/cookbook.md', import.meta.url), 'utf8');
  const found: Record<string, Recipe> = {};
  for (const [, block = ''] of page.matchAll(/^```ts\n(.*?)^```/gms)) {
    if (/^import (?!type )/m.test(block)) continue;
    const code = stripTypeScriptTypes(block);
    Object.assign(found, await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`));
  }
  return found;
}

beforeAll(async () => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  emulator = await startEmulator({ seed: { ...demoSeed, operations: { duration: '0s' } } });
  arm = emulatedClient(emulator);
  workspace = await Workspace.get(arm, emulator.workspace('ws1').id);
  recipes = await readRecipes();
});

afterAll(() => emulator.close());

async function run(name: string, ...given: unknown[]): Promise<unknown> {
  const recipe = recipes[name];
  if (recipe === undefined) throw new Error(`The cookbook has no ${name}.`);
  return recipe(...given);
}

describe('the cookbook', () => {
  it('manages resources', async () => {
    await expect(run('resourceGroupNames', arm, emulator.subscription().id)).resolves.toEqual([
      'rg-ml',
      'rg-ml2',
    ]);
    const id = await run('trainingCluster', workspace, 'cluster-1');
    expect(id).toBe(`${workspace.id}/computes/cluster-1`);
    await run('removeCluster', workspace, 'cluster-1');
    await expect(workspace.computes.get('cluster-1')).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
    await run('tagWorkspace', arm, workspace, { team: 'a' });
    await expect(workspace.getDetails()).resolves.toMatchObject({ tags: { team: 'a' } });
  });

  it('trains', async () => {
    const environmentId = await run(
      'trainingEnvironment',
      workspace,
      'env',
      'mcr.microsoft.com/azureml/base:latest',
    );
    const job = {
      name: 'job-1',
      command: 'python train.py',
      environmentId,
      computeId: `${workspace.id}/computes/cpu`,
    };
    const pause = (): Promise<void> => {
      emulator.clock.advance('2s');
      return Promise.resolve();
    };
    await expect(run('train', workspace, job, pause)).resolves.toBe('Completed');
  });

  it('deploys, calls, and rotates keys under a caller that goes on', async () => {
    const environmentId = await run(
      'trainingEnvironment',
      workspace,
      'serve',
      'mcr.microsoft.com/azureml/base:latest',
    );
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await run('deploy', workspace, 'churn', {
      model: `${workspace.id}/models/churn/versions/1`,
      environmentId,
    });
    await expect(run('predict', workspace, 'churn', [[1, 2]])).resolves.toEqual({ input_data: [[1, 2]] });
    expect(log).toHaveBeenCalledWith('answered by', 'blue');
    log.mockRestore();
    const endpoint = workspace.endpoint('churn');
    await endpoint.score(1);
    await run('rotateKeys', workspace, 'churn');
    await expect(endpoint.score(1)).resolves.toMatchObject({ status: 200 });
  });

  it('goes on with an operation by its handle, and reads a secret', async () => {
    const handle = await run('startCluster', workspace, 'cluster-2');
    await expect(run('finish', arm, handle)).resolves.toMatchObject({ name: 'cluster-2' });
    await workspace.datastores.put('raw', {
      properties: {
        datastoreType: 'AzureBlob',
        accountName: 'rawdata',
        containerName: 'images',
        credentials: { credentialsType: 'AccountKey', secrets: { secretsType: 'AccountKey', key: 'a2V5' } },
      },
    });
    const secret = (await run('datastoreKey', workspace, 'raw')) as Secret;
    expect([secret.reveal(), String(secret)]).toEqual(['a2V5', '[redacted]']);
  });

  it('deletes a workspace for good', async () => {
    await run('purgeWorkspace', arm, workspace);
    await expect(workspace.getDetails()).rejects.toMatchObject({ code: 'AML_NOT_FOUND' });
  });
});
