import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { createArcKeys } from '../../src/identity/arc-keys.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'arc-keys-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const inAgentFolder = () => createArcKeys({ agentFolder: join(root, 'azcmagent', 'tokens') });

test('what was made for the keys goes away, and nothing else', () => {
  const keys = inAgentFolder();
  const path = keys.issue('arc', 'agent');
  expect(dirname(path)).toBe(join(root, 'azcmagent', 'tokens'));
  keys.dispose();
  expect(existsSync(join(root, 'azcmagent'))).toBe(false);
  expect(existsSync(root)).toBe(true);
});

test('at the end no key is written any more', () => {
  const keys = inAgentFolder();
  keys.dispose();
  expect(() => keys.issue('arc', 'agent')).toThrow(
    expect.objectContaining({ code: 'AML_UNAVAILABLE' }) as Error,
  );
  expect(existsSync(join(root, 'azcmagent'))).toBe(false);
  keys.dispose();
});

test('a folder that was there stays, with the files of others', () => {
  const folder = join(root, 'azcmagent', 'tokens');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'other.key'), 'x');
  const keys = inAgentFolder();
  const path = keys.issue('arc', 'agent');
  keys.dispose();
  expect([existsSync(path), existsSync(join(folder, 'other.key'))]).toEqual([false, true]);
});

test('a folder into which somebody else puts something stays too', () => {
  const keys = inAgentFolder();
  writeFileSync(join(keys.prepare('agent'), 'other.key'), 'x');
  keys.dispose();
  expect(existsSync(join(root, 'azcmagent', 'tokens', 'other.key'))).toBe(true);
});

test('a folder that somebody removes is made again', () => {
  const keys = inAgentFolder();
  keys.prepare('agent');
  rmSync(join(root, 'azcmagent'), { recursive: true });
  expect(existsSync(keys.issue('arc', 'agent'))).toBe(true);
  keys.dispose();
});

test('a key opens its own host, once', () => {
  const keys = createArcKeys();
  const key = readFileSync(keys.issue('arc', 'auto'), 'utf8');
  expect(keys.redeem('other', key)).toBe(false);
  expect(keys.redeem('arc', key)).toBe(true);
  expect(keys.redeem('arc', key)).toBe(false);
  keys.dispose();
});

test('a folder that cannot be written to is named, with what to do', () => {
  writeFileSync(join(root, 'azcmagent'), 'a file in its place');
  expect(() => inAgentFolder().prepare('agent')).toThrow(
    expect.objectContaining({
      code: 'AML_CONFIG_INVALID',
      message: expect.stringContaining(join(root, 'azcmagent', 'tokens')) as string,
      remedy: expect.stringContaining('keyDir') as string,
    }) as Error,
  );
});
