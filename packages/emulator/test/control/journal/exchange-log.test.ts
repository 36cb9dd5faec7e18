import { expect, test } from 'vitest';

import { createExchangeLog } from '../../../src/control/journal/exchange-log.js';
import type { ExchangeRecord } from '../../../src/core/exchange.js';

const record = (path: string): ExchangeRecord => ({
  at: 0,
  durationMs: 1,
  host: 'localhost:1',
  tls: true,
  method: 'GET',
  path,
  status: 200,
  request: { headers: [], size: 0 },
  response: { headers: [], size: 0 },
});

test('the latest exchanges stay, by numbers that go on', () => {
  const log = createExchangeLog(3);
  for (const path of ['/1', '/2', '/3', '/4', '/5']) log.add(record(path));
  expect(log.exchanges.map(({ sequence, path }) => `${sequence}${path}`)).toEqual(['3/3', '4/4', '5/5']);
  expect(log.since(4).map(({ path }) => path)).toEqual(['/5']);
  expect(log.since(0)).toHaveLength(3);
  expect(log.since(5)).toEqual([]);
  expect(log.since(99)).toEqual([]);
  expect([log.get(2), log.get(4)?.path, log.get(6)]).toEqual([undefined, '/4', undefined]);
  log.clear();
  expect(log.add(record('/6')).sequence).toBe(6);
  expect(log.get(6)?.path).toBe('/6');
});

test('subscribers hear of every exchange until they leave', () => {
  const log = createExchangeLog();
  const heard: string[] = [];
  const leave = log.subscribe(({ path }) => heard.push(path));
  log.add(record('/1'));
  leave();
  log.add(record('/2'));
  expect(heard).toEqual(['/1']);
});
