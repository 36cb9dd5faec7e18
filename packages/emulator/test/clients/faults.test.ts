import { ClientSecretCredential } from '@azure/identity';
import { trustEmulator, type FaultInput } from '@aml-auth/emulator';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { withEmulator } from '../support/with-emulator.js';

/** What `@azure/identity` makes of faults. It was made without a thought of this emulator. */
const emulated = withEmulator();

beforeAll(() => {
  trustEmulator(emulated());
});
afterEach(() => emulated().faults.clear());

const TOKEN = '/*/oauth2/v2.0/token';

/** Signs in; attempts after the first come at once. */
function signIn(maxRetries = 3) {
  const { tenantId, clientId, secret = '' } = emulated().app('trainer');
  const credential = new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: emulated().origin,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
  });
  return credential.getToken('https://management.azure.com/.default');
}

/** How often the token endpoint was asked, and what it answered. */
async function attempts(
  fault: FaultInput,
): Promise<{ readonly statuses: readonly number[]; readonly outcome: string }> {
  const before = emulated().requests.at(-1)?.sequence ?? 0;
  emulated().faults.add(fault);
  const outcome = await signIn().then(
    () => 'signed in',
    (error: unknown) => String(error),
  );
  const statuses = emulated()
    .requests.filter(({ sequence, path }) => sequence > before && path.includes('/oauth2/v2.0/token'))
    .map(({ status }) => status);
  return { statuses, outcome };
}

describe('@azure/identity', () => {
  test('tries again after 429, as soon as it is told', async () => {
    const fault: FaultInput = { preset: '429', retryAfter: 0, times: 2, match: { path: TOKEN } };
    expect(await attempts(fault)).toEqual({ statuses: [429, 429, 200], outcome: 'signed in' });
  });

  test('tries again while the token service is out of order, three times', async () => {
    const passing: FaultInput = { preset: 'estsOutage', times: 3, match: { path: TOKEN } };
    expect(await attempts(passing)).toEqual({ statuses: [503, 503, 503, 200], outcome: 'signed in' });
    emulated().faults.clear();
    const { statuses, outcome } = await attempts({ preset: 'estsOutage', match: { path: TOKEN } });
    expect(statuses).toEqual([503, 503, 503, 503]);
    expect(outcome).toContain('AADSTS90033');
  });

  test('tries again after a connection that was reset; what the request did is done', async () => {
    const { outcome, statuses } = await attempts({ match: { path: TOKEN }, do: { reset: true }, times: 1 });
    expect([outcome, statuses]).toEqual(['signed in', [200, 200]]);
  });

  test('gives up at once on a refusal', async () => {
    const { statuses, outcome } = await attempts({ match: { path: TOKEN }, do: { aadsts: 7000222 } });
    expect(statuses).toEqual([401]);
    expect(outcome).toContain('AADSTS7000222');
  });

  test.each(['expired', 'untrusted', 'wrongHost'] as const)(
    'sends nothing where the certificate is %s, and does not say why',
    async (tls) => {
      await signIn();
      const before = emulated().requests.length;
      emulated().faults.add({ do: { tls } });
      // It keeps connections: without new ones it would not see the certificate.
      await expect(signIn()).rejects.toThrow(/endpoints_resolution_error/);
      expect(emulated().requests).toHaveLength(before);
      expect(emulated().faults.list()[0]?.hits).toBeGreaterThan(0);
    },
  );
});
