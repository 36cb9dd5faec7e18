import type { LogEvent } from '@aml-auth/core';
import { describe, expect, it } from 'vitest';
import { clientOf, collect, loopbackArm } from '../loopback-arm.js';

const REF = {
  subscriptionId: '00000000-0000-0000-0000-00000000000a',
  resourceGroup: 'rg',
  workspaceName: 'ws1',
};
/** Cores come as text, and every third state as a number. */
const nodes = Array.from({ length: 30 }, (_, index) => ({
  nodeId: `n${String(index)}`,
  port: String(index),
  nodeState: index % 3 === 0 ? 7 : 'idle',
  unheardOf: { kept: true },
}));

describe('a field of another type than documented', () => {
  it('is told once for its type, left out, and does not disturb the rest', async () => {
    const arm = await loopbackArm(() => ({ body: { nodes } }));
    const events: LogEvent[] = [];
    const note = (event: LogEvent): void => {
      if (event.event === 'arm.drift') events.push(event);
    };
    const { client } = clientOf(arm, { logger: { debug: note, info: note, warn: note, error: note } });
    for (let turn = 0; turn < 2; turn += 1) {
      const found = await collect(client.workspace(REF).computes.actions.listNodes('cpu'));
      expect(found[1]).toEqual({ nodeId: 'n1', nodeState: 'idle', unheardOf: { kept: true } });
    }
    const told = { event: 'arm.drift', resource: 'computeNode', apiVersion: '2026-09-01' };
    expect(events.flatMap(({ fields }) => fields as string[]).sort()).toEqual(['nodeState', 'port']);
    expect(events[0]).toMatchObject(told);
  });

  it('is found in the thousandth item as in the first, and both are read alike', async () => {
    const many = Array.from({ length: 1_000 }, () => ({
      nodeId: 'n',
      port: 22,
      nodeState: null,
      unheardOf: [null],
    }));
    const arm = await loopbackArm(() => ({ body: { nodes: [...many, { nodeId: 'last', port: 'text' }] } }));
    const { client } = clientOf(arm);
    const found = await collect(client.workspace(REF).computes.actions.listNodes('cpu'));
    expect(new Set(found.slice(0, -1).map((node) => JSON.stringify(node)))).toEqual(
      new Set(['{"nodeId":"n","port":22,"unheardOf":[null]}']),
    );
    expect(found.at(-1)).toEqual({ nodeId: 'last' });
  });

  it('is an error that names it, on demand', async () => {
    const arm = await loopbackArm(() => ({ body: { nodes } }));
    const { client } = clientOf(arm, { schemas: 'strict' });
    await expect(collect(client.workspace(REF).computes.actions.listNodes('cpu'))).rejects.toMatchObject({
      code: 'AML_RESPONSE_INVALID',
      message: expect.stringContaining('port') as string,
    });
  });
});
