import { expect, test } from 'vitest';

import { postToken, secretForm, tokenOf } from '../support/emulated.js';
import { head, rawRequest } from '../support/raw-request.js';
import { withEmulator } from '../support/with-emulator.js';

/*
 * What real clients send, and other servers have stumbled over. The numbers are those of the list of such
 * cases; the others stand in the files beside this one.
 */
const emulated = withEmulator();
const host = (): string => `localhost:${emulated().port}`;
const OK = /^HTTP\/1\.1 200 OK\r\n/;

const form = (): string => new URLSearchParams(secretForm(emulated(), 'trainer')).toString();
const formHeaders = (): readonly string[] => [
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${form().length}`,
];

test('1: //subscriptions, as JavaScript clients of Azure send it, is /subscriptions', async () => {
  const token = await tokenOf(emulated(), 'platform-admin');
  const { id } = emulated().subscription('dev');
  const answer = await rawRequest(
    emulated(),
    head(
      `GET //subscriptions/${id}/resourceGroups?api-version=2022-12-01 HTTP/1.1`,
      `Host: ${host()}`,
      `Authorization: Bearer ${token}`,
      'Connection: close',
    ),
    'https',
  );
  expect(answer).toMatch(OK);
  expect(answer).toContain('"name":"rg-ml"');
});

test('2: a slash at the end of /token/, as MSAL sends it, changes nothing', async () => {
  const answer = await postToken(emulated(), secretForm(emulated(), 'trainer'), {
    path: 'oauth2/v2.0/token/',
  });
  expect(await answer.json()).toHaveProperty('access_token');
});

test('3: paths are found in upper case', async () => {
  const answer = await postToken(emulated(), secretForm(emulated(), 'trainer'), {
    path: 'OAUTH2/V2.0/TOKEN',
  });
  expect(answer.status).toBe(200);
  const { id } = emulated().subscription('dev');
  const token = await tokenOf(emulated(), 'platform-admin');
  const groups = await emulated().fetch(
    `${emulated().origin}/SUBSCRIPTIONS/${id.toUpperCase()}/RESOURCEGROUPS/RG-ML?api-version=2022-12-01`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  expect(await groups.json()).toMatchObject({ name: 'rg-ml' });
});

test('23: Upgrade: h2c, as the JDK sends it, is ignored', async () => {
  const answer = await rawRequest(
    emulated(),
    head(
      `POST /${emulated().tenant().id}/oauth2/v2.0/token HTTP/1.1`,
      `Host: ${host()}`,
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      ...formHeaders(),
    ) + form(),
    'https',
  );
  expect(answer).toMatch(OK);
  expect(answer).toContain('"access_token"');
});

test('24: POST https://… in absolute form over plain http, as axios 0.21 sends it to a proxy, is answered', async () => {
  const answer = await rawRequest(
    emulated(),
    head(
      `POST https://${host()}/${emulated().tenant().id}/oauth2/v2.0/token HTTP/1.1`,
      `Host: ${host()}`,
      ...formHeaders(),
      'Connection: close',
    ) + form(),
    'http',
  );
  expect(answer).toMatch(OK);
  expect(answer).toContain('"access_token"');
});

test('26: plain http where https is needed is refused with what to do', async () => {
  const path = `/${emulated().tenant().id}/v2.0/.well-known/openid-configuration`;
  const answer = await rawRequest(
    emulated(),
    head(`GET ${path} HTTP/1.1`, `Host: ${host()}`, 'Connection: close'),
    'http',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain('HttpsRequired');
  expect(answer).toContain(`Use https://${host()}${path} and trust`);
  expect(answer).toContain('NODE_EXTRA_CA_CERTS');
});

test('27: CONNECT to a host that is not emulated gives 502, and nothing is connected', async () => {
  const answer = await rawRequest(
    emulated(),
    head('CONNECT example.org:443 HTTP/1.1', 'Host: example.org:443'),
    'http',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
});
