import { originOf, type OwnHosts } from '../http/own-hosts.js';
import { DATA_PLANE_HOST } from '../proxy/virtual-hosts.js';

/**
 * Where the data plane of Azure Machine Learning is for the workspaces of a region: below `/data-plane/` of the
 * emulator, by region, which in Azure is the first label of its host name.
 *
 * @param inAzure - for clients that reach Azure's own hosts, through the proxy
 */
export function dataPlaneAddress(hosts: OwnHosts, region: string, inAzure = false): string {
  return inAzure ? `https://${region}.${DATA_PLANE_HOST}` : `${originOf(hosts)}/data-plane/${region}`;
}
