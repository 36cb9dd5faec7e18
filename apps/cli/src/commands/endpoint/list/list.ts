import type { OnlineEndpointProperties, Resource } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { EndpointFlags } from '../endpoint-flags.js';
import { endpointRecord } from '../endpoint-record.js';
import { openWorkspace } from '../open-workspace.js';

/** Runs `aml-auth endpoint list`. */
export async function list(context: CliContext, flags: EndpointFlags): Promise<void> {
  const { arm, ref } = await openWorkspace(context, flags);
  const endpoints: Resource<OnlineEndpointProperties>[] = [];
  const found = arm.workspace(ref).onlineEndpoints.list({ signal: context.signal });
  for await (const endpoint of found) endpoints.push(endpoint);
  await present(context, flags, { endpoints }, () => ({
    headings: ['name', 'auth', 'state', 'traffic', 'scoring URI'],
    rows: endpoints.map((endpoint) => Object.values(endpointRecord(endpoint))),
  }));
}
