import { manualClock } from '@aml-auth/core/testing';
import { explainError } from '@aml-auth/permissions';
import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { armPath, type ArmClientOptions } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatedClient } from '../emulated-client.js';
import { clientOf, loopbackArm } from '../loopback-arm.js';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed: demoSeed });
});

afterAll(() => emulator.close());

async function refusal(explain: ArmClientOptions['explain']): Promise<unknown> {
  const path = emulator.workspace('ws1').id + armPath`/computes/${'cpu-2'}`;
  const request = { method: 'DELETE', path, apiVersion: '2026-09-01' } as const;
  const query = { underlyingResourceAction: 'Delete' };
  return emulatedClient(emulator, 'trainer', { explain })
    .request({ ...request, query })
    .catch((error: unknown) => error);
}

describe('a refusal for lack of permission', () => {
  it('names the missing action, the scope and the smallest roles, where the library of permissions explains it', async () => {
    const error = (await refusal((refused) => explainError(refused)?.lines)) as { remedy: string };
    expect(error).toMatchObject({ code: 'AML_FORBIDDEN', armCode: 'AuthorizationFailed', status: 403 });
    expect(error.remedy).toContain('Microsoft.MachineLearningServices/workspaces/computes/delete');
    expect(error.remedy).toContain(emulator.workspace('ws1').id);
    expect(error.remedy).toMatch(/Assign "AzureML Compute Operator"|Assign "/);
    expect(error.remedy).toContain(emulator.app('trainer').objectId);
  });

  it.each<[string, ArmClientOptions['explain']]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['knows nothing', () => undefined],
    ['says nothing', () => []],
  ])('is told as it is where the explanation %s', async (_name, explain) => {
    expect(await refusal(explain)).toMatchObject({
      code: 'AML_FORBIDDEN',
      remedy: expect.stringContaining('computes/delete') as string,
    });
  });

  it('does not wait for an explanation longer than ten seconds, and ends it', async () => {
    const arm = await loopbackArm(() => ({ status: 403, body: { error: { code: 'AuthorizationFailed' } } }));
    const clock = manualClock();
    let ended: AbortSignal | undefined;
    let asked = (): void => undefined;
    const asking = new Promise<void>((resolve) => (asked = resolve));
    const explain: ArmClientOptions['explain'] = (_error, { signal }) => {
      ended = signal;
      asked();
      return new Promise(() => undefined);
    };
    const request = clientOf(arm, { clock, explain }).client.request({
      method: 'GET',
      path: '/x',
      apiVersion: '2026-09-01',
    });
    request.catch(() => undefined);
    await asking;
    clock.advance(10_000);
    await expect(request).rejects.toMatchObject({ code: 'AML_FORBIDDEN' });
    expect(ended?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('is explained once, and nothing else is', async () => {
    const explained: string[] = [];
    const explain: ArmClientOptions['explain'] = ({ code }) => void explained.push(code) as undefined;
    for (const status of [400, 401, 403, 404, 409]) {
      const arm = await loopbackArm(() => ({ status, body: {} }));
      const request = clientOf(arm, { explain }).client.request({
        method: 'GET',
        path: '/x',
        apiVersion: '2026-09-01',
      });
      await expect(request).rejects.toMatchObject({ status });
    }
    expect(explained).toEqual(['AML_FORBIDDEN']);
  });
});
