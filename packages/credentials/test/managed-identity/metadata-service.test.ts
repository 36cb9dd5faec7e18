import { manualClock } from '@aml-auth/core/testing';
import { describe, expect, it } from 'vitest';
import type { AcquireTools } from '../../src/lib/create-credential.js';
import { isAzureMachine } from '../../src/managed-identity/is-azure-machine.js';
import { imds, type MetadataServiceUse } from '../../src/managed-identity/sources/imds.js';

const TAG = '7783-7084-3265-9085-8269-3286-77';

describe('isAzureMachine', () => {
  it('knows the asset tag of machines in Azure, without a network call', () => {
    const asked: string[] = [];
    const read = (path: string) => {
      asked.push(path);
      return `${TAG}\n`;
    };
    expect(isAzureMachine(read)).toBe(true);
    expect(asked).toEqual(['/sys/class/dmi/id/chassis_asset_tag']);
  });

  it.each(['', 'Amazon EC2', `x${TAG}`])('does not take %j for it', (text) => {
    expect(isAzureMachine(() => text)).toBe(false);
  });

  it('does not know where nothing can be read, as in a container', () => {
    const unreadable = (): never => {
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    };
    expect(isAzureMachine(unreadable)).toBe(false);
  });
});

/** Asks once for a token; says which limits the requests had. */
function ask(use: MetadataServiceUse | undefined, inAzure: boolean, isThere = true) {
  const limits: (number | undefined)[] = [];
  const clock = manualClock();
  const send = () =>
    isThere
      ? Promise.resolve({ status: 200, headers: new Headers(), text: '{}' })
      : Promise.reject(new Error('nobody'));
  const tools: AcquireTools = {
    send,
    sender: ({ limitMs }) => {
      limits.push(limitMs);
      return send;
    },
    clock,
    signal: new AbortController().signal,
    skewMs: () => 0,
  };
  const source = imds(use, () => inAzure)({ env: {}, selector: {}, allowRemoteEndpoint: false });
  const call = () =>
    source.ask('https://ml.azure.com', tools, { enableCae: false }).then(
      () => 'token',
      (error: unknown) => (error as { code?: string }).code,
    );
  return { limits, clock, call };
}

describe('the probe of the metadata service', () => {
  it.each<[MetadataServiceUse | undefined, boolean, (number | undefined)[]]>([
    [undefined, false, [1_000, undefined]],
    ['probe', true, [3_000, undefined]],
    ['assume-present', false, [undefined]],
  ])('use %s, hardware of Azure %s: limits %j', async (use, inAzure, expected) => {
    const { limits, call } = ask(use, inAzure);
    expect(await call()).toBe('token');
    expect(limits).toEqual(expected);
  });

  it('is not sent where the service is not to be used', async () => {
    const { limits, call } = ask('none', true);
    expect(await call()).toBe('AML_UNAVAILABLE');
    expect(limits).toEqual([]);
  });

  it('is not repeated for a minute where nobody answered', async () => {
    const { limits, call, clock } = ask('probe', false, false);
    for (let second = 0; second < 60; second += 1) {
      expect(await call()).toBe('AML_UNAVAILABLE');
      clock.advance(1_000);
    }
    expect(limits).toEqual([1_000]);
    await call();
    expect(limits).toEqual([1_000, 1_000]);
  });
});
