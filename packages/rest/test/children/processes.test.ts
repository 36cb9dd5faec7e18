import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { armPath, type OperationHandle } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { children, type Children } from './run-child.js';

let emulator: Emulator;
let processes: Children;

beforeAll(async () => {
  emulator = await startEmulator({ seed: { ...demoSeed, operations: { duration: '30s' } } });
  processes = await children();
});

afterAll(async () => {
  await processes.close();
  await emulator.close();
});

describe('a process that is killed while a compute is created', () => {
  it('leaves a handle, by which another process comes to the result without a second PUT', async () => {
    const { cloud } = emulator;
    const env = emulator.env('platform-admin') as NodeJS.ProcessEnv;
    const path = emulator.workspace('ws1').id + armPath`/computes/${'cluster-9'}`;
    const body = {
      location: 'westeurope',
      properties: { computeType: 'AmlCompute', properties: { vmSize: 'STANDARD_DS3_V2' } },
    };
    const first = processes.start({ do: 'create', cloud, path, body }, env);
    const handle = (await first.message()) as OperationHandle;
    first.kill('SIGKILL');
    await expect(first.end).resolves.toMatchObject({ signal: 'SIGKILL', messages: [handle] });

    emulator.clock.advance('31s');
    const second = processes.start({ do: 'resume', cloud, handle }, env);
    await expect(second.message()).resolves.toMatchObject({
      name: 'cluster-9',
      properties: { provisioningState: 'Succeeded' },
    });
    await expect(second.end).resolves.toMatchObject({ exitCode: 0, stderr: '' });
    const writes = emulator.requests.filter((one) => one.method !== 'GET' && one.path.includes('/computes/'));
    expect(writes.map(({ method }) => method)).toEqual(['PUT']);
  });
});

describe('an identity provider that is down until after the token has expired', () => {
  it('is an error of the calls that need a token, and of nothing else', async () => {
    const end = await processes.start({ do: 'outliveOutage', client: 'ours' }).end;
    expect(end).toMatchObject({ exitCode: 0, stderr: '', messages: ['job', 'job', 'AML_NETWORK'] });
  });

  it('ends a process with @azure/core-rest-pipeline by an unhandled rejection', async () => {
    const { exitCode, stderr, messages } = await processes.start({ do: 'outliveOutage', client: 'theirs' })
      .end;
    expect(messages).toEqual(['job', 'job']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the identity provider is down');
  });
});
