import { demoSeed } from '@aml-auth/emulator';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';

import { postToken, secretForm, tokenOf } from '../support/emulated.js';
import { byPassword, USER_SEED } from '../support/user-flows.js';
import { withEmulator } from '../support/with-emulator.js';

const emulated = withEmulator({ seed: USER_SEED });
const hosted = withEmulator({ seed: demoSeed });

const names = (token: string): string[] => Object.keys(decodeJwt(token)).sort();
const sorted = (text: string): string[] => text.split(' ').sort();

/** In every token of version 1.0. */
const COMMON = 'aio appid appidacr aud exp iat idp idtyp iss nbf oid rh sub tid uti ver';
const PERSON = 'acr amr family_name given_name groups ipaddr name puid scp unique_name upn wids';

test('an application has these claims at Azure Resource Manager, and no others', async () => {
  const token = await tokenOf(emulated(), 'portal');
  expect(names(token)).toEqual(sorted(COMMON));
  expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(['alg', 'kid', 'typ', 'x5t']);
});

test('a person has these claims, and no others', async () => {
  const { access_token: token } = await byPassword(emulated(), 'alice@contoso');
  expect(names(token)).toEqual(sorted(`${COMMON} ${PERSON}`));
  expect(decodeJwt(token)).toMatchObject({
    acr: '1',
    given_name: 'Alice',
    family_name: 'Example',
    ipaddr: '127.0.0.1',
    puid: expect.stringMatching(/^10032[\dA-F]{11}$/) as string,
  });
});

test('a client that can handle claims challenges has two more', async () => {
  const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
  const more = { xms_cc: ['cp1'], xms_ssm: '1' };
  const { access_token: person } = await byPassword(emulated(), 'alice@contoso', { claims });
  expect(names(person)).toEqual(sorted(`${COMMON} ${PERSON} xms_cc xms_ssm`));
  expect(decodeJwt(person)).toMatchObject(more);
  const form = { ...secretForm(emulated(), 'portal'), claims };
  const { access_token: app } = (await (await postToken(emulated(), form)).json()) as {
    access_token: string;
  };
  expect(names(app)).toEqual(sorted(`${COMMON} xms_cc xms_ssm`));
});

test('a managed identity says which resource it is, and where the token was asked for', async () => {
  const { env } = hosted().host('vm');
  const query = 'api-version=2018-02-01&resource=https://management.azure.com/';
  const answer = await hosted().fetch(
    `${String(env['AZURE_POD_IDENTITY_AUTHORITY_HOST'])}/metadata/identity/oauth2/token?${query}`,
    { headers: { metadata: 'true' } },
  );
  const { access_token: token } = (await answer.json()) as { access_token: string };
  expect(names(token)).toEqual(sorted(`${COMMON} xms_az_rid xms_mirid`));
  expect(decodeJwt(token)).toMatchObject({ appidacr: '2', idtyp: 'app' });
});
