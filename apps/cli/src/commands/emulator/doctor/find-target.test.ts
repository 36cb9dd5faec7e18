import { expect, it } from 'vitest';
import type { RunningEmulator } from '../running/running-emulator.js';
import { findTarget } from './find-target.js';

const running = (port: number, proxy = false): RunningEmulator => ({
  version: 1,
  pid: 1,
  origin: `https://localhost:${port}`,
  proxy,
  startedAt: '2026-11-22T00:00:00.000Z',
  ca: `/t/${port}/ca.pem`,
  clients: { node: {}, az: {}, python: {}, java: {}, terraform: {} },
});

it('takes the only one that runs', () => {
  expect(findTarget([running(1, true)], {}, undefined)).toEqual({
    origin: 'https://localhost:1',
    port: '1',
    proxy: true,
    ca: '/t/1/ca.pem',
  });
});

it('takes the one that the shell is set up for', () => {
  const env = { AZURE_AUTHORITY_HOST: 'https://localhost:2' };
  expect(findTarget([running(1), running(2)], env, undefined)?.ca).toBe('/t/2/ca.pem');
});

it('takes the one that the shell names, though it has ended', () => {
  const env = { HTTPS_PROXY: 'http://127.0.0.1:3', NODE_EXTRA_CA_CERTS: '/t/3/ca.pem' };
  expect(findTarget([running(1)], env, undefined)).toEqual({
    origin: 'https://localhost:3',
    port: '3',
    proxy: true,
    ca: '/t/3/ca.pem',
  });
});

it('takes the one that is named before all others', () => {
  const env = { AZURE_AUTHORITY_HOST: 'https://localhost:2' };
  expect(findTarget([running(1), running(2)], env, 'https://localhost:1/')?.port).toBe('1');
  expect(() => findTarget([running(1)], env, 'https://localhost:9')).toThrow(/running at/);
});

it('wants to be told where there are several', () => {
  expect(() => findTarget([running(1), running(2)], {}, undefined)).toThrow(/Several/);
});

it('takes no proxy or authority elsewhere for an emulator', () => {
  const env = {
    HTTPS_PROXY: 'http://proxy.example:3128',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
  };
  expect(findTarget([], env, undefined)).toBeUndefined();
});
