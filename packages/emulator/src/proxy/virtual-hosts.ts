/** A part of the cloud that has a host name of its own in Azure. */
export type Face = 'login' | 'resourceManager' | 'graph' | 'inference' | 'dataPlane' | 'instanceMetadata';

/** A host of Azure that the emulator stands in for in proxy mode. */
export interface VirtualHost {
  /** Its name, in lower case, or what the names of such hosts end with. */
  readonly name: string;
  readonly face: Face;
  /** How many labels may stand before the name: one in the regional `westeurope.login.microsoft.com`. */
  readonly labels: readonly number[];
}

/** The authority that documents name where the client asked another part of the cloud. */
export const LOGIN_HOST = 'login.microsoftonline.com';
/** Azure Resource Manager, likewise. */
export const RESOURCE_MANAGER_HOST = 'management.azure.com';
/** Microsoft Graph. */
export const GRAPH_HOST = 'graph.microsoft.com';
/** Online endpoints of Azure Machine Learning are at `{endpoint}.{region}` of it. */
export const INFERENCE_HOST = 'inference.ml.azure.com';
/** The data plane of Azure Machine Learning is at `{region}` of it. */
export const DATA_PLANE_HOST = 'api.azureml.ms';
/** The Instance Metadata Service: link-local, http only. */
const INSTANCE_METADATA_HOST = '169.254.169.254';

/** Every host that the emulator stands in for. A client reaches them through the proxy only. */
const VIRTUAL_HOSTS: readonly VirtualHost[] = [
  { name: LOGIN_HOST, face: 'login', labels: [0, 1] },
  { name: 'login.microsoft.com', face: 'login', labels: [0, 1] },
  { name: 'login.windows.net', face: 'login', labels: [0] },
  { name: 'sts.windows.net', face: 'login', labels: [0] },
  { name: RESOURCE_MANAGER_HOST, face: 'resourceManager', labels: [0] },
  { name: 'management.core.windows.net', face: 'resourceManager', labels: [0] },
  { name: GRAPH_HOST, face: 'graph', labels: [0] },
  { name: INFERENCE_HOST, face: 'inference', labels: [2] },
  { name: DATA_PLANE_HOST, face: 'dataPlane', labels: [1] },
  { name: INSTANCE_METADATA_HOST, face: 'instanceMetadata', labels: [0] },
];

/** The names that certificates are needed for, or that they lie below: all but the Instance Metadata Service. */
export const TLS_HOSTS: readonly string[] = VIRTUAL_HOSTS.filter(
  ({ face }) => face !== 'instanceMetadata',
).map(({ name }) => name);

/** A label of a host name (RFC 1123, section 2.1). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The virtual host that a host is, whatever the port: msal4j asks for instance discovery at the port of
 * its own authority.
 *
 * @param host - with or without a port, in any case
 */
export function findVirtualHost(host: string): VirtualHost | undefined {
  return VIRTUAL_HOSTS.find((entry) => {
    const labels = labelsBefore(host, entry.name);
    return labels !== undefined && entry.labels.includes(labels.length);
  });
}

/** What stands before the name of a virtual host, label by label; undefined for another host. */
export function labelsBefore(host: string, name: string): readonly string[] | undefined {
  const given = host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
  if (given === name) return [];
  if (!given.endsWith(`.${name}`)) return undefined;
  const labels = given.slice(0, -name.length - 1).split('.');
  return labels.every((label) => LABEL.test(label)) ? labels : undefined;
}

/** The name that a certificate for a host bears: the host itself, or a wildcard in place of its first label. */
export function certificateName(host: string): string | undefined {
  const entry = findVirtualHost(host);
  if (entry === undefined || entry.face === 'instanceMetadata') return undefined;
  const labels = labelsBefore(host, entry.name) ?? [];
  return labels.length === 0 ? entry.name : ['*', ...labels.slice(1), entry.name].join('.');
}
