import { fromAzureCli } from '@aml-auth/credentials';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azStandIn, type AzStandIn } from '../support/az-stand-in.js';
import { runScript } from '../support/run-script.js';

const ARM = 'https://management.azure.com/.default';
const client = new URL('clients/azure-cli.mjs', import.meta.url);

let az: AzStandIn;
beforeEach(async () => {
  az = await azStandIn();
});
afterEach(() => az.remove());

/** The arguments as a set of options. */
const options = (args: readonly string[] = []): Record<string, string | undefined> => ({
  command: args.slice(0, 2).join(' '),
  ...Object.fromEntries(
    args.slice(2).flatMap((arg, index, rest) => (arg.startsWith('--') ? [[arg, rest[index + 1]]] : [])),
  ),
});

describe.skipIf(process.platform === 'win32')('the Azure CLI is run as @azure/identity runs it', () => {
  it.each([
    ['for the selected subscription', {}],
    ['for a tenant', { tenantId: '00000000-0000-4000-8000-000000000001' }],
    ['for a subscription', { subscription: 'My subscription' }],
  ])('%s', async (_what, selector) => {
    await runScript(client, selector, az.env);
    await fromAzureCli({ env: az.env, ...selector }).getToken(ARM);
    const [published = {}, ours = {}] = (await az.runs()).map(options);
    const { '--resource': resource, ...theirs } = published;
    const { '--scope': scope, ...mine } = ours;
    expect(mine).toEqual(theirs);
    // The scope, not the resource that it is made of: az takes both, and the end of a resource with a slash stays.
    expect([resource, scope]).toEqual(['https://management.azure.com', ARM]);
  });
});
