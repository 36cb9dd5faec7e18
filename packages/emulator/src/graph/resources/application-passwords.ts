import { randomBytes } from 'node:crypto';

import { isGuid } from '@aml-auth/core';

import { isObject } from '../../core/json.js';
import { randomGuid } from '../../core/random.js';
import { hashSecret } from '../../core/secret-hash.js';
import { emptyAnswer, jsonAnswer } from '../../http/answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { badRequest } from '../graph-refusal.js';
import { invalidValue, optionalText, optionalTime, requiredText } from '../read-graph-body.js';
import { APPLICATION_WRITE, applicationOf, putApplication } from './applications.js';
import { presentPassword } from './present-application.js';

/** `addPassword` and `removePassword`. */
export const passwordRoutes: GraphRoutes = {
  'POST applications/{}/addPassword': {
    ...APPLICATION_WRITE,
    handler: addPassword,
  },
  'POST applications/{}/removePassword': {
    ...APPLICATION_WRITE,
    handler(context) {
      const row = applicationOf(context);
      const keyId = requiredText(context.body(), 'keyId', 64).toLowerCase();
      if (!isGuid(keyId)) throw invalidValue('keyId');
      const passwordCredentials = row.passwordCredentials.filter((entry) => entry.keyId !== keyId);
      if (passwordCredentials.length === row.passwordCredentials.length) {
        throw badRequest(`No password credential found with keyId '${keyId}'.`);
      }
      putApplication(context, { ...row, passwordCredentials });
      return emptyAnswer(204);
    },
  },
};

/** The answer is the only place where the secret ever stands. */
function addPassword(context: GraphContext): Response {
  const { call, base } = context;
  const row = applicationOf(context);
  // The real service takes a request without a body, and with null.
  const given = call.body.trim() === '' ? {} : (context.body()['passwordCredential'] ?? {});
  if (!isObject(given)) throw invalidValue('passwordCredential');
  const startsAt = optionalTime(given, 'startDateTime') ?? call.world.clock.now();
  const endsAt = optionalTime(given, 'endDateTime') ?? twoYearsAfter(startsAt);
  if (endsAt <= startsAt) throw badRequest('Credential lifetime is invalid: it ends before it starts.');
  const keyId = randomGuid(call.world.random);
  const secretText = newSecret();
  const credential = {
    keyId,
    displayName: optionalText(given, 'displayName', 256) ?? null,
    hint: secretText.slice(0, 3),
    hash: hashSecret(keyId, secretText),
    startsAt,
    endsAt,
  };
  putApplication(context, { ...row, passwordCredentials: [...row.passwordCredentials, credential] });
  const shown = { ...presentPassword(credential), secretText };
  return jsonAnswer(200, {
    '@odata.context': `${base}/$metadata#microsoft.graph.passwordCredential`,
    ...shown,
  });
}

/** 40 characters in the form of real secrets, so that scanners know them for what they are. */
function newSecret(): string {
  const text = randomBytes(30).toString('base64url').replaceAll('-', '.');
  return `${text.slice(0, 3)}8Q~${text.slice(3, 37)}`;
}

function twoYearsAfter(time: number): number {
  const date = new Date(time);
  return date.setUTCFullYear(date.getUTCFullYear() + 2);
}
