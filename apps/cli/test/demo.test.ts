import { systemClock } from '@aml-auth/core';
import { manualClock } from '@aml-auth/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRequests } from '../src/commands/demo/count-requests.js';
import { runWorkflow, tellOutcome } from '../src/commands/demo/run-workflow.js';
import { selectWorkflows } from '../src/commands/demo/select-workflows.js';
import { summaryOf } from '../src/commands/demo/summary.js';
import { createTravellingClock } from '../src/commands/demo/travelling-clock.js';
import { defineWorkflow, requirePromise } from '../src/commands/demo/workflow.js';
import { workflowReasons } from '../src/commands/demo/workflow-reasons.js';
import { workflows } from '../src/commands/demo/workflows.js';
import { openDemoWorld, type DemoWorld } from '../src/commands/demo/demo-world.js';
import { parseCli } from './support/run-cli.js';

describe('the clock of the demo', () => {
  it('keeps appointments in order, at their time, by itself or by a jump, and each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 100 }),
        (waits, jump) => {
          const base = manualClock();
          const clock = createTravellingClock(base);
          const kept: number[] = [];
          const cancelled: number[] = [];
          for (const ms of waits) clock.schedule(ms, () => kept.push(ms));
          clock.schedule(50, () => cancelled.push(50))();
          const before = clock.now();
          clock.advance(jump);
          expect(clock.now() - before).toBe(jump);
          expect(kept).toEqual(waits.filter((ms) => ms <= jump).sort((one, other) => one - other));
          base.advance(100);
          expect([...kept].sort((one, other) => one - other)).toEqual(
            [...waits].sort((one, other) => one - other),
          );
          expect(cancelled).toEqual([]);
        },
      ),
    );
  });
});

it('counts requests by whom they are for', () => {
  const at = (path: string, host = 'localhost:1') => ({ host, path });
  expect(
    countRequests([
      at('/tenant/oauth2/v2.0/token'),
      at('/x', 'login.microsoftonline.com:443'),
      at('/subscriptions/1'),
      at('/subscriptions', 'management.azure.com:443'),
      at('/graph/v1.0/me'),
      at('/metadata/identity/oauth2/token'),
      at('/hosts/cpu/token'),
      at('/metadata/endpoints?api-version=1'),
    ]),
  ).toEqual({ entra: 2, resourceManager: 3, graph: 1, identity: 2 });
});

describe('the workflows', () => {
  it('say in each language why they matter, and nothing else does', () => {
    expect(Object.keys(workflowReasons).toSorted()).toEqual(workflows.map(({ name }) => name).toSorted());
    for (const { en, ko } of Object.values(workflowReasons)) {
      expect(en).toMatch(/\.$/);
      expect(ko).toMatch(/[\uAC00-\uD7A3].*\.$/);
    }
  });

  it('are named behind the command, or by --only', async () => {
    const parsed = await parseCli(['demo', 'expiry', 'browser', '--only', 'certificate']);
    expect(parsed).toMatchObject({ args: ['expiry', 'browser'], flags: { only: ['certificate'] } });
  });

  it('have names of their own, and a title in each language', () => {
    const names = workflows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(workflows.filter(({ title }) => title.en === '' || title.ko === '')).toEqual([]);
  });

  it('are chosen by name, in their own order', () => {
    expect(selectWorkflows(workflows, ['expiry', 'browser']).map(({ name }) => name)).toEqual([
      'browser',
      'expiry',
    ]);
    expect(selectWorkflows(workflows, [])).toBe(workflows);
    expect(() => selectWorkflows(workflows, ['x'])).toThrow(
      expect.objectContaining({ code: 'AML_CONFIG_INVALID' }),
    );
  });

  it('fail where they do not keep their promise, and the summary says so', async () => {
    const world = { emulator: { requests: [] }, signal: new AbortController().signal, clock: systemClock };
    const broken = defineWorkflow({
      name: 'broken',
      title: { en: 'Breaks', ko: '깨짐' },
      run: () =>
        Promise.resolve().then(() => {
          requirePromise(false, 'It did not.');
        }),
      tell: { en: () => [], ko: () => [] },
    });
    const outcome = await runWorkflow(broken, world as unknown as DemoWorld);
    expect(tellOutcome(outcome, 'en')[0]).toBe('Failed: error AML_UNEXPECTED: It did not.');
    expect(summaryOf([outcome])).toMatchObject({
      ok: false,
      workflows: [{ result: 'failed', reason: 'It did not.' }],
    });
  });
});

describe('the cloud of the demo', () => {
  it('is gone where this process cannot trust it, so that the program ends', async () => {
    let origin = '';
    const opened = openDemoWorld({}, AbortSignal.any([]), (emulator) => {
      ({ origin } = emulator);
      throw new Error('this Node.js cannot');
    });
    await expect(opened).rejects.toThrow('this Node.js cannot');
    await expect(fetch(origin)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
