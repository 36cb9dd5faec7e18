import { AmlAuthError, isGuid } from '@aml-auth/core';
import type { Subscription } from './subscription.js';

/** More are not worth the reading. */
const MOST_NAMED = 20;

/**
 * The subscription that is named, by id or display name in any case; without a name, the only one that is enabled.
 *
 * @param visible - those that the caller may see
 * @throws {AmlAuthError} `AML_NOT_FOUND`, or `AML_AMBIGUOUS` with those that fit
 */
export function chooseSubscription(
  visible: readonly Subscription[],
  named: string | undefined,
): Subscription {
  if (visible.length === 0) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: 'This caller may see no subscription.',
      remedy:
        'Sign in to the tenant that the subscription belongs to, or ask for a role in it; a role that was granted just now takes some minutes.',
    });
  }
  const fitting = named === undefined ? visible.filter(isEnabled) : visible.filter((one) => fits(one, named));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  throw only === undefined ? missing(visible, named) : ambiguous(fitting, named);
}

function isEnabled({ state }: Subscription): boolean {
  return state === undefined || /^(?:enabled|warned|pastdue)$/i.test(state);
}

function fits({ subscriptionId, displayName }: Subscription, named: string): boolean {
  const wanted = named.toLowerCase();
  return isGuid(named) ? subscriptionId.toLowerCase() === wanted : displayName?.toLowerCase() === wanted;
}

function missing(visible: readonly Subscription[], named: string | undefined): AmlAuthError {
  const what =
    named === undefined
      ? 'None of the subscriptions is enabled'
      : `There is no subscription ${JSON.stringify(named)} that this caller may see`;
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `${what}. Visible: ${listed(visible)}.`,
    remedy:
      named === undefined
        ? 'Have one of them enabled again.'
        : 'Check the name, and that the sign-in is to the tenant of the subscription: findTenant() tells it.',
  });
}

function ambiguous(fitting: readonly Subscription[], named: string | undefined): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_AMBIGUOUS',
    message: `${named === undefined ? 'Several subscriptions are enabled' : `Several subscriptions are called ${JSON.stringify(named)}`}: ${listed(fitting)}.`,
    remedy: 'Give the id of one of them, or set AZURE_SUBSCRIPTION_ID.',
  });
}

function listed(subscriptions: readonly Subscription[]): string {
  const names = subscriptions
    .slice(0, MOST_NAMED)
    .map(({ displayName = '', subscriptionId }) => `${displayName} (${subscriptionId})`.trim());
  const more = subscriptions.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}
