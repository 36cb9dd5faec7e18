import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  redactFields,
  redactHeader,
  redactJson,
  redactLink,
} from '../../../src/control/journal/redact-values.js';

test.each([
  ['authorization', 'Bearer eyJhbGciOi.eyJvaWQi.c2ln', 'Bearer [redacted]'],
  ['cookie', 'session=hunter2', '[redacted]'],
  ['secret', 'hunter2', '[redacted]'],
  ['location', 'http://localhost:9/?code=hunter2&state=x', 'http://localhost:9/?code=%5Bredacted%5D&state=x'],
  ['location', 'http://localhost:9/#code=hunter2&state=x', 'http://localhost:9/#code=%5Bredacted%5D&state=x'],
  ['x-functions-key', 'hunter2', '[redacted]'],
  ['x-ms-client-secret', 'hunter2', '[redacted]'],
  ['x-access-token', 'hunter2', '[redacted]'],
  ['accept', 'application/json', 'application/json'],
  ['x-ms-request-id', 'hunter2', 'hunter2'],
])('the header %s: %s', (name, value, shown) => {
  expect(redactHeader(name, value)).toBe(shown);
});

test('a form keeps what is no secret', () => {
  const fields = new URLSearchParams({ grant_type: 'password', password: 'hunter2', client_secret: '' });
  expect(redactFields(fields).toString()).toBe('grant_type=password&password=%5Bredacted%5D&client_secret=');
});

test.each([
  'new_password',
  'subject_token',
  'client_assertion',
  'code_verifier',
  'Id_Token_Hint',
  'ctx',
  'code',
])('the field %s is secret', (name) => {
  expect(redactFields(new URLSearchParams({ [name]: 'hunter2' })).get(name)).toBe('[redacted]');
});

test.each(['grant_type', 'requested_token_use', '$skiptoken', 'user_code', 'username', 'claims'])(
  'the field %s is not',
  (name) => {
    expect(redactFields(new URLSearchParams({ [name]: 'value' })).get(name)).toBe('value');
  },
);

test('JSON loses passwords, keys and tokens at any depth, and keeps the rest', () => {
  const json = {
    value: [{ secretText: 'hunter2', hint: 'hun', keyId: 'k' }],
    keys: ['hunter2'],
    primaryKey: 'hunter2',
    properties: { connectionString: 'hunter2', clientId: 'x', count: 3, none: null },
    text: 'Bearer hunter2-hunter2',
  };
  expect(JSON.parse(redactJson(JSON.stringify(json)) ?? '')).toEqual({
    value: [{ secretText: '[redacted]', hint: 'hun', keyId: 'k' }],
    keys: ['[redacted]'],
    primaryKey: '[redacted]',
    properties: { connectionString: '[redacted]', clientId: 'x', count: 3, none: null },
    text: 'Bearer [redacted]',
  });
  expect(redactJson('{')).toBeUndefined();
});

test('the scripts and protected settings of virtual machines are secret', () => {
  const machine = {
    osProfile: { adminUsername: 'azureuser', adminPassword: 'hunter2', customData: 'hunter2' },
    protectedSettings: { commandToExecute: 'hunter2', fileUris: ['hunter2'] },
    settings: { commandToExecute: 'ls' },
  };
  expect(JSON.parse(redactJson(JSON.stringify(machine)) ?? '')).toEqual({
    osProfile: { adminUsername: 'azureuser', adminPassword: '[redacted]', customData: '[redacted]' },
    protectedSettings: { commandToExecute: '[redacted]', fileUris: ['[redacted]'] },
    settings: { commandToExecute: 'ls' },
  });
});

test('no secret comes through a link, whatever stands around it', () => {
  const part = fc.stringMatching(/^[\w ]{0,8}$/);
  fc.assert(
    fc.property(part, part, (before, after) => {
      const query = new URLSearchParams({ [`a${before}`]: after, refresh_token: 'hunter2-hunter2' });
      expect(redactLink(`https://localhost/x?${query.toString()}`)).not.toContain('hunter2');
    }),
  );
});
