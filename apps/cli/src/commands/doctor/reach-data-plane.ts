import type { Cloud } from '@aml-auth/core';
import { isAmlAuthError } from '@aml-auth/core';
import { dataPlaneAddress } from './data-plane-host.js';
import type { HostFact } from './facts.js';
import { reachHost } from './reach-host.js';

/**
 * Asks the data plane of a workspace's region for its list of services, which needs no token, and checks that the list
 * leads to the cloud as well.
 *
 * @throws {AmlAuthError} where `discoveryUrl` is none of the cloud's: nothing is asked then
 */
export async function reachDataPlane(
  cloud: Cloud,
  discoveryUrl: string | undefined,
  signal: AbortSignal,
): Promise<HostFact> {
  const { href: url } = dataPlaneAddress(cloud, discoveryUrl, 'The discoveryUrl of the workspace');
  const judge = (response: Response): Promise<string | undefined> => judgeServices(cloud, response);
  return reachHost({ name: 'machine-learning', url, method: 'GET', judge }, signal);
}

async function judgeServices(cloud: Cloud, response: Response): Promise<string | undefined> {
  if (response.status !== 200) {
    await response.body?.cancel();
    return `HTTP ${response.status}`;
  }
  const services: unknown = await response.json().catch(() => undefined);
  if (typeof services !== 'object' || services === null || !('api' in services))
    return 'no list of services came back';
  try {
    dataPlaneAddress(cloud, services.api, 'The service "api"');
    return undefined;
  } catch (error) {
    if (isAmlAuthError(error)) return error.message;
    throw error;
  }
}
