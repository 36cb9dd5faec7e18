import type { ArmType } from '../../arm-context.js';
import { assets } from './assets.js';
import { connections } from './connections.js';
import { datastores } from './datastores.js';
import { batchDeployments, onlineDeployments, onlineDeploymentSkus } from './endpoints/deployments.js';
import { batchEndpoints, onlineEndpoints, serverlessEndpoints } from './endpoints/endpoints.js';
import { jobs } from './jobs.js';
import { locationTypes } from './locations.js';
import { schedules } from './schedules.js';
import { workspaceLists } from './workspace-lists.js';

/** What Azure Machine Learning has beside workspaces and their computes. */
export const machineLearningTypes: readonly ArmType[] = [
  datastores,
  ...assets,
  onlineEndpoints,
  onlineDeployments,
  onlineDeploymentSkus,
  batchEndpoints,
  batchDeployments,
  serverlessEndpoints,
  jobs,
  connections,
  schedules,
  ...workspaceLists,
  ...locationTypes,
];
