import { publicCloud, toAmlAuthError, type Credential } from '@aml-auth/core';
import { fromClientSecret, fromManagedIdentity } from '@aml-auth/credentials';

// Asks hosts that hang, one after the other, says how that ended, and then has nothing more to do.

const { tls, headers, drip } = JSON.parse(process.argv[2] ?? '') as Record<
  'tls' | 'headers' | 'drip',
  number
>;
const ID = '11111111-1111-4111-8111-111111111111';
const timeLimitMs = 200;

const machine = (port: number): Credential =>
  fromManagedIdentity({
    env: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/token`, IDENTITY_HEADER: 'h' },
    timeLimitMs,
  });
const application = fromClientSecret({
  tenantId: ID,
  clientId: ID,
  clientSecret: 'for-tests',
  cloud: { ...publicCloud, authorityHost: `https://127.0.0.1:${tls}` },
  timeLimitMs,
});

const codes: string[] = [];
for (const credential of [application, machine(headers), machine(drip)]) {
  const ended = credential.getToken('https://management.azure.com/.default');
  codes.push(
    await ended.then(
      () => 'token',
      (error: unknown) => toAmlAuthError(error).code,
    ),
  );
}
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
process.stdout.write(JSON.stringify({ codes, timers }));
