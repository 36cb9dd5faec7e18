import type { HostKind, IdentityHost } from '../core/resource-rows.js';
import { plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import type { HostEndpoint } from './host-context.js';
import { HOST_PATHS } from './host-paths.js';
import { appService } from './sources/app-service.js';
import { arc } from './sources/arc.js';
import { azureMl, azureMlOnBehalfOf } from './sources/azure-ml.js';
import { cloudShell } from './sources/cloud-shell.js';
import { imds, imdsRefusal, requireMetadata } from './sources/imds.js';
import { instanceLocation } from './sources/instance-location.js';
import { serviceFabric } from './sources/service-fabric.js';

/** What a host of each kind answers, by path in lower case. */
const ENDPOINTS: Readonly<Record<HostKind, Readonly<Record<string, HostEndpoint>>>> = {
  vm: { [HOST_PATHS.imds]: imds, 'metadata/instance/compute/location': instanceLocation },
  'app-service': { [HOST_PATHS.appService]: appService },
  'aml-compute': {
    [HOST_PATHS.azureMl.toLowerCase()]: azureMl,
    [HOST_PATHS.onBehalfOf.toLowerCase()]: azureMlOnBehalfOf,
  },
  'aml-online-endpoint': { [HOST_PATHS.azureMl.toLowerCase()]: azureMl },
  'cloud-shell': { [HOST_PATHS.cloudShell]: cloudShell },
  arc: { [HOST_PATHS.imds]: arc },
  'service-fabric': { [HOST_PATHS.imds]: serviceFabric },
};

/** `/hosts/{name}/…`: the managed-identity endpoints of one host, below an address of its own. */
export function hostService(call: Call): Response | Promise<Response> {
  const [, name = '', ...rest] = call.segments;
  const host = call.world.store.get('hosts', name);
  if (host === undefined) return notFound(call);
  return answer(call, host, rest);
}

/** `/metadata/…`: the Instance Metadata Service of the first virtual machine, at its real path. */
export function metadataServiceOfMachine(call: Call): Response | Promise<Response> {
  const host = call.world.store.list('hosts').find(({ kind }) => kind === 'vm');
  return host === undefined ? withoutMachine(call) : answer(call, host, call.segments);
}

function answer(call: Call, host: IdentityHost, path: readonly string[]): Response | Promise<Response> {
  const endpoints = ENDPOINTS[host.kind];
  const name = path.join('/').toLowerCase();
  const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  if (endpoint === undefined) return notFound(call);
  const method = host.kind === 'cloud-shell' ? 'POST' : 'GET';
  if (call.method !== method) {
    return plainError(405, 'MethodNotAllowed', `Use ${method}.`, { allow: method });
  }
  if (host.kind === 'service-fabric' && !call.tls) {
    return plainError(403, 'HttpsRequired', 'Service Fabric serves its endpoint over https only.');
  }
  return endpoint({ call, host });
}

/** What a machine without an identity answers. A 404 would let clients try again for a long time. */
function withoutMachine(call: Call): Response {
  if (call.segments[1]?.toLowerCase() !== 'identity') return notFound(call);
  requireMetadata(call);
  throw imdsRefusal('invalid_request', 'Identity not found');
}

function notFound(call: Call): Response {
  return plainError(404, 'NotFound', `The emulator has nothing at /${call.segments.join('/')}.`);
}
