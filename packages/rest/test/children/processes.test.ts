import { demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import { armPath, type OperationHandle } from '@aml-auth/rest';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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

describe('a process with a proxy in its environment', () => {
  it('sends its requests through it, and is not kept alive by the connections', async () => {
    const proxy = await startEmulator({ seed: demoSeed, proxy: true });
    onTestFinished(() => proxy.close());
    const env = proxy.env('platform-admin') as NodeJS.ProcessEnv;
    const path = proxy.workspace('ws1').id;
    const { exitCode, stderr, messages } = await processes.start({ do: 'read', path }, env).end;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.not.stringContaining('Error') as string,
    });
    expect(messages).toEqual([expect.objectContaining({ name: 'ws1' })]);
    expect(proxy.requests.at(-1)).toMatchObject({ method: 'GET', path: `${path}?api-version=2026-09-01` });
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
