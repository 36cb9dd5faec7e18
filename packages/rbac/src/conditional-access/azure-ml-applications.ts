/** An application id by which Conditional Access policies can reach Azure Machine Learning. */
export interface TargetApplication {
  /** The application (client) id, the same in every tenant. */
  readonly appId: string;
  /** As Microsoft calls it. */
  readonly name: string;
  /**
   * What a sign-in to it is for: `studio` – the web pages; `service` – calls of the data plane; `resourceManager` –
   * workspaces, computes and jobs through Azure Resource Manager.
   */
  readonly part: 'studio' | 'service' | 'resourceManager';
  /** Whether a new policy names it unless told otherwise. */
  readonly usual: boolean;
  /** Where the id is from. */
  readonly source: string;
}

const SETUP = 'Microsoft Learn, "Set up authentication for Azure Machine Learning", Conditional Access';

/**
 * The application ids around Azure Machine Learning. It is a table, since no single id covers the service: the pages
 * of the studio, the data plane and Azure Resource Manager are applications of their own. Not verified against Azure.
 */
export const azureMlApplications: readonly TargetApplication[] = [
  {
    appId: 'd7304df8-741f-47d3-9bc2-df0e24e2071f',
    name: 'Azure Machine Learning Workbench Web App',
    part: 'studio',
    usual: true,
    source: SETUP,
  },
  {
    appId: 'cb2ff863-7f30-4ced-ab89-a00194bcf6d9',
    name: 'Azure AI Studio App',
    part: 'studio',
    usual: true,
    source: SETUP,
  },
  {
    appId: '0736f41a-0425-4b46-bdb5-1563eff02385',
    name: 'Azure Machine Learning',
    part: 'service',
    usual: true,
    source: "Microsoft's list of first-party applications; older documentation names it as the target",
  },
  {
    appId: '18a66f5f-dbdf-4c17-9dd7-1634712a9cbe',
    name: 'Azure Machine Learning Services',
    part: 'service',
    usual: true,
    source: 'the resource of ai.azure.com that users consent to; captured from public text',
  },
  {
    appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    name: 'Windows Azure Service Management API',
    part: 'resourceManager',
    // It stands for all of Azure, not for Azure Machine Learning alone.
    usual: false,
    source: 'Microsoft Learn, "Conditional Access: target resources"; the id from public text',
  },
];
