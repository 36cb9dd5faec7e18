import { createArmClient } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { Cell } from '../../../output/print-table.js';
import type { DataFlags } from '../../../settings/sign-in-flags.js';
import { signIn } from '../../../settings/sign-in.js';

const API_VERSION = '2022-12-01';

/** Runs `aml-auth tenant list`. */
export async function list(context: CliContext, flags: DataFlags): Promise<void> {
  const { credential, cloud } = await signIn(context, flags);
  const arm = createArmClient({ credential, cloud });
  const tenants: object[] = [];
  for await (const tenant of arm.list({
    path: '/tenants',
    apiVersion: API_VERSION,
    signal: context.signal,
  })) {
    if (typeof tenant === 'object' && tenant !== null) tenants.push(tenant);
  }
  await present(context, flags, { tenants }, () => ({
    headings: ['tenant', 'name', 'domain', 'category'],
    rows: tenants.map((tenant) =>
      ['tenantId', 'displayName', 'defaultDomain', 'tenantCategory'].map((name) => textOf(tenant, name)),
    ),
  }));
}

function textOf(value: object, name: string): Cell {
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' ? found : undefined;
}
