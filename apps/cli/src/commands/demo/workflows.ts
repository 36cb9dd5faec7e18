import type { Workflow } from './workflow.js';
import { azureCli } from './workflows/azure-cli.js';
import { browser } from './workflows/browser.js';
import { certificate } from './workflows/certificate.js';
import { clientSecret } from './workflows/client-secret.js';
import { computeCluster } from './workflows/compute-cluster.js';
import { conditionalAccess } from './workflows/conditional-access.js';
import { customRole } from './workflows/custom-role.js';
import { deviceCode } from './workflows/device-code.js';
import { expiry } from './workflows/expiry.js';
import { onBehalfOf } from './workflows/on-behalf-of.js';
import { refusedDelete } from './workflows/refused-delete.js';
import { revocation } from './workflows/revocation.js';
import { shareWorkspace } from './workflows/share-workspace.js';
import { sharedCache } from './workflows/shared-cache.js';
import { virtualMachine } from './workflows/virtual-machine.js';
import { workloadIdentity } from './workflows/workload-identity.js';
import { wrongSecret } from './workflows/wrong-secret.js';

/** The demo, in order. The clock jumps in the last one only, and between two polls for a device code. */
export const workflows: readonly Workflow[] = [
  browser,
  deviceCode,
  clientSecret,
  certificate,
  azureCli,
  virtualMachine,
  computeCluster,
  workloadIdentity,
  onBehalfOf,
  wrongSecret,
  refusedDelete,
  shareWorkspace,
  customRole,
  conditionalAccess,
  revocation,
  sharedCache,
  expiry,
];
