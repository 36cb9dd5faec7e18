import { registrationState } from '../core/registration-rows.js';
import { jsonAnswer, Refusal } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { namespaceOf } from './namespaces.js';

/** Those that every subscription has. */
const ALWAYS = new Set(['Microsoft.Resources', 'Microsoft.Authorization', 'Microsoft.Management']);

/**
 * Makes sure that a subscription uses the resource provider of a type.
 *
 * @throws a refusal: 409 `MissingSubscriptionRegistration`
 */
export function checkRegistration(call: Call, subscriptionId: string | undefined, type: string): void {
  const namespace = namespaceOf(type);
  if (subscriptionId === undefined || ALWAYS.has(namespace)) return;
  const { store, clock } = call.world;
  if (registrationState(store, subscriptionId, namespace, clock.now()) === 'Registered') return;
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  const code = 'MissingSubscriptionRegistration';
  const error = { code, message, details: [{ code, target: namespace, message }] };
  throw new Refusal(() => jsonAnswer(409, { error }, { 'x-ms-error-code': code }));
}
