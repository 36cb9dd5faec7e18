import { fromClientCertificate } from '@aml-auth/credentials';
import { startEmulator, type Emulator } from '@aml-auth/emulator';
import { manualClock } from '@aml-auth/core/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, expect, it } from 'vitest';

const ARM = 'https://management.azure.com/.default';
const HOUR = 3_600_000;

let emulator: Emulator;
afterEach(() => emulator.close());

/** The emulator in another time than this machine, with what it was sent. */
async function emulatorOff(ms: number) {
  const clock = manualClock(Date.now() + ms);
  emulator = await startEmulator({
    clock,
    seed: { tenants: [{ name: 'contoso', apps: [{ name: 'job', certificates: ['generate'] }] }] },
  });
  const assertions: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    assertions.push(form.get('client_assertion') ?? '');
    const reply = await emulator.fetch(input, init);
    const headers = new Headers(reply.headers);
    headers.set('date', new Date(clock.now()).toUTCString());
    return new Response(reply.body, { status: reply.status, headers });
  };
  const { tenantId, clientId, certificate } = emulator.app('job');
  const pem = `${certificate?.pem ?? ''}\n${certificate?.privateKey ?? ''}`;
  const options = { tenantId, clientId, certificate: pem, cloud: emulator.cloud, fetch };
  return { assertions, options, clock };
}

it.each([HOUR, -HOUR])('a certificate signs in although the clock here is off by %d ms', async (ms) => {
  const { assertions, options, clock } = await emulatorOff(ms);
  const credential = fromClientCertificate({ ...options, sendCertificateChain: true });
  const token = await credential.getToken(ARM);
  expect(token.tokenType).toBe('Bearer');
  const [refused, accepted] = assertions.map((assertion) => decodeJwt(assertion));
  expect(assertions).toHaveLength(2);
  // The same assertion, by the other clock.
  expect(Object.keys(accepted ?? {}).sort()).toEqual(Object.keys(refused ?? {}).sort());
  expect(accepted).toMatchObject({ aud: refused?.aud, iss: refused?.iss, sub: refused?.sub });
  expect(accepted?.exp).toBe((accepted?.nbf ?? 0) + 600);
  expect(Math.abs((accepted?.nbf ?? 0) - clock.now() / 1000)).toBeLessThan(10);
  const [before, after] = assertions.map((assertion) => decodeProtectedHeader(assertion));
  expect(after).toEqual(before);
  // The next one is right at once.
  await credential.getToken('https://ml.azure.com/.default');
  expect(assertions).toHaveLength(3);
});

it('a certificate is presented once where the clock is not to blame', async () => {
  const { assertions, options } = await emulatorOff(0);
  const other = { ...options, clientId: '99999999-9999-4999-8999-999999999999' };
  await expect(fromClientCertificate(other).getToken(ARM)).rejects.toMatchObject({ aadsts: 700016 });
  expect(assertions).toHaveLength(1);
});
