/** A part of the cloud that has a host name of its own in Azure. */
export type Face = 'login' | 'resourceManager' | 'graph' | 'instanceMetadata';

/** A host of Azure that the emulator stands in for in proxy mode. */
export interface VirtualHost {
  /** Its name, in lower case. */
  readonly name: string;
  readonly face: Face;
  /** Whether the names below it are meant too, such as the regional `westeurope.login.microsoft.com`. */
  readonly subdomains: boolean;
}

/** The authority that documents name where the client asked another part of the cloud. */
export const LOGIN_HOST = 'login.microsoftonline.com';
/** Azure Resource Manager, likewise. */
export const RESOURCE_MANAGER_HOST = 'management.azure.com';
/** Microsoft Graph. */
export const GRAPH_HOST = 'graph.microsoft.com';
/** The Instance Metadata Service: link-local, http only. */
export const INSTANCE_METADATA_HOST = '169.254.169.254';

/** Every host that the emulator stands in for. A client reaches them through the proxy only. */
export const VIRTUAL_HOSTS: readonly VirtualHost[] = [
  { name: LOGIN_HOST, face: 'login', subdomains: true },
  { name: 'login.microsoft.com', face: 'login', subdomains: true },
  { name: 'login.windows.net', face: 'login', subdomains: false },
  { name: 'sts.windows.net', face: 'login', subdomains: false },
  { name: RESOURCE_MANAGER_HOST, face: 'resourceManager', subdomains: false },
  { name: 'management.core.windows.net', face: 'resourceManager', subdomains: false },
  { name: GRAPH_HOST, face: 'graph', subdomains: false },
  { name: INSTANCE_METADATA_HOST, face: 'instanceMetadata', subdomains: false },
];

/** The names that certificates are needed for: all but the Instance Metadata Service. */
export const TLS_HOSTS: readonly string[] = VIRTUAL_HOSTS.filter(
  ({ face }) => face !== 'instanceMetadata',
).map(({ name }) => name);

/**
 * The virtual host that a host is, whatever the port: msal4j asks for instance discovery at the port of
 * its own authority.
 *
 * @param host - with or without a port, in any case
 */
export function findVirtualHost(host: string): VirtualHost | undefined {
  const name = hostName(host);
  return VIRTUAL_HOSTS.find(
    (entry) => entry.name === name || (entry.subdomains && name.endsWith(`.${entry.name}`)),
  );
}

/** The name that a certificate for a host bears: the host itself, or a wildcard for the names below one. */
export function certificateName(host: string): string | undefined {
  const name = hostName(host);
  const entry = findVirtualHost(name);
  if (entry === undefined || entry.face === 'instanceMetadata') return undefined;
  if (entry.name === name) return name;
  // A wildcard stands for one label only.
  return name.slice(0, -entry.name.length - 1).includes('.') ? undefined : `*.${entry.name}`;
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}
