import { channel } from 'node:diagnostics_channel';
import type { TokenEvents } from '@aml-auth/core';

const TOKEN = channel('aml-auth:token');
const REFRESH = channel('aml-auth:refresh');
const SKIP = channel('aml-auth:skip');

/**
 * Listeners that publish on `node:diagnostics_channel`: `aml-auth:token`, `aml-auth:refresh` and
 * `aml-auth:skip`. Without a subscriber a channel costs one comparison.
 */
export const channelEvents: TokenEvents = {
  onToken: (event) => {
    if (TOKEN.hasSubscribers) TOKEN.publish(event);
  },
  onRefresh: (event) => {
    if (REFRESH.hasSubscribers) REFRESH.publish(event);
  },
  onSkip: (event) => {
    if (SKIP.hasSubscribers) SKIP.publish(event);
  },
};
