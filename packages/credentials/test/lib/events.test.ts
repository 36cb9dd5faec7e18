import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LogEvent, Logger, TokenEvents } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function trainer(events: TokenEvents) {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const { cloud, fetch } = emulator;
  return fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, fetch, events });
}

describe('events of a credential', () => {
  it('reach the listener and the diagnostics channel alike, and hold no secret', async () => {
    const [heard, published]: [unknown[], unknown[]] = [[], []];
    const listen = (message: unknown) => void published.push(message);
    subscribe('aml-auth:token', listen);
    const { token } = await trainer({ onToken: (event) => heard.push(event) }).getToken(ARM);
    unsubscribe('aml-auth:token', listen);
    const { tenantId, secret } = emulator.app('trainer');
    expect(heard).toEqual([
      expect.objectContaining({
        method: 'clientSecret',
        scopes: [ARM],
        tenantId,
        source: 'network',
        claims: false,
      }),
    ]);
    expect(published).toEqual(heard);
    for (const hidden of [token, secret]) expect(JSON.stringify(heard)).not.toContain(hidden);
  });
});

describe('a clock that is off', () => {
  const hour = 3_600_000;
  const skewed =
    (ms: number): typeof fetch =>
    async (input, init) => {
      const reply = await emulator.fetch(input, init);
      const headers = new Headers(reply.headers);
      headers.set('date', new Date(Date.now() + ms).toUTCString());
      return new Response(reply.body, { status: reply.status, headers });
    };

  it.each([
    [90_000, 1],
    [-hour, 1],
    [30_000, 0],
    [0, 0],
  ])('by %d ms is told to the logger %d times', async (ms, warnings) => {
    const warned: LogEvent[] = [];
    const nothing = (): void => undefined;
    const logger: Logger = {
      debug: nothing,
      info: nothing,
      error: nothing,
      warn: (event) => void warned.push(event),
    };
    const { tenantId, clientId, secret = '' } = emulator.app('trainer');
    const { cloud } = emulator;
    const credential = fromClientSecret({
      tenantId,
      clientId,
      clientSecret: secret,
      cloud,
      fetch: skewed(ms),
      logger,
    });
    await credential.getToken(ARM);
    const token = await credential.getToken('https://ml.azure.com/.default');
    expect(warned.filter(({ event }) => event === 'clock.skew')).toHaveLength(warnings);
    // What is counted from the receipt does not depend on either clock.
    expect(Math.abs(token.expiresOnTimestamp - Date.now() - hour)).toBeLessThan(hour);
  });
});
