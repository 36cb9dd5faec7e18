import type { OnlineDeploymentProperties, Resource } from '@aml-auth/rest';
import type { CliContext } from '../../../context.js';
import { present } from '../../../output/present.js';
import type { EndpointFlags } from '../endpoint-flags.js';
import { endpointRecord } from '../endpoint-record.js';
import { openWorkspace } from '../open-workspace.js';

/** Runs `aml-auth endpoint show`. */
export async function show(context: CliContext, flags: EndpointFlags, name: string): Promise<void> {
  const { arm, ref } = await openWorkspace(context, flags);
  const { onlineEndpoints } = arm.workspace(ref);
  const { signal } = context;
  const endpoint = await onlineEndpoints.get(name, { signal });
  const deployments: Resource<OnlineDeploymentProperties>[] = [];
  for await (const one of onlineEndpoints.deployments(name).list({ signal })) deployments.push(one);
  await present(context, flags, { ...endpoint, deployments }, () => ({
    record: {
      ...endpointRecord(endpoint),
      deployments: deployments.map((one) => one.name).join(', '),
    },
  }));
}
