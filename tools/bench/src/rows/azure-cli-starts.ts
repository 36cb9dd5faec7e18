import { fromAzureCli } from '@aml-auth/credentials';
import { AzureCliCredential } from '@azure/identity';
import { azStandIn, withEnvironment, type AzStandIn } from '../measure/az-stand-in.ts';
import type { BenchRow } from '../row.ts';

const SCOPE = 'https://management.azure.com/.default';

/** How often `az`, which takes half a second and more, is started for fifteen calls. */
export const azureCliStarts: BenchRow = {
  title: '15 calls of the Azure CLI, 10 of them at once',
  async measure() {
    const az = azStandIn('http://127.0.0.1:9');
    try {
      const ours = fromAzureCli({ env: az.env });
      const theirs = await withEnvironment(az.env, () => startsFor(az, new AzureCliCredential()));
      return { unit: 'starts', ours: await startsFor(az, ours), peers: { '@azure/identity': theirs } };
    } finally {
      az.remove();
    }
  },
};

async function startsFor(
  az: AzStandIn,
  credential: { getToken(scope: string): Promise<unknown> },
): Promise<number> {
  const before = az.starts();
  await Promise.all(Array.from({ length: 10 }, () => credential.getToken(SCOPE)));
  for (let call = 0; call < 5; call += 1) await credential.getToken(SCOPE);
  return az.starts() - before;
}
