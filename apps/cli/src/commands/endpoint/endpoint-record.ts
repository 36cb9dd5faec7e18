import type { OnlineEndpointProperties, Resource } from '@aml-auth/rest';
import type { Cell } from '../../output/print-table.js';

/** What people see of an online endpoint. */
export function endpointRecord({
  name,
  properties: { authMode, provisioningState, traffic = {}, scoringUri },
}: Resource<OnlineEndpointProperties>): Record<string, Cell> {
  const shares = Object.entries(traffic).map(([deployment, percent]) => `${deployment} ${String(percent)}%`);
  return {
    name,
    auth: authMode,
    state: provisioningState,
    traffic: shares.length === 0 ? undefined : shares.join(', '),
    scoringUri,
  };
}
