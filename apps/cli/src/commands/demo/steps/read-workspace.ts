import { columns } from '../columns.js';
import type { DemoStep } from '../demo-step.js';

/** The service principal reads the workspace through the Resource Manager. */
export const readWorkspace: DemoStep = {
  title: 'It reads the workspace, as its role allows.',
  async run({ armAs, workspace: { subscriptionId, resourceGroup, name }, signal }) {
    const ref = { subscriptionId, resourceGroup, workspaceName: name };
    const workspace = await armAs('trainer').workspaces.get(ref, { signal });
    return columns({
      workspace: workspace.name,
      'resource group': resourceGroup,
      location: workspace.location,
      identity: workspace.identity?.type,
      state: workspace.properties.provisioningState,
    });
  },
};
