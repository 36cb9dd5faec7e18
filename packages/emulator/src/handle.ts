import { redact } from '@aml-auth/core';

import { armService } from './arm/arm-service.js';
import { metadataService } from './arm/metadata.js';
import { finishDue } from './arm/operations/finish-due.js';
import { faultRequest } from './control/faults/fault-request.js';
import { withFault } from './control/faults/with-fault.js';
import type { ExchangeLog } from './control/journal/exchange-log.js';
import { recordExchange } from './control/journal/record-exchange.js';
import { recordSignIn } from './control/sign-ins/record-sign-in.js';
import type { CallTrace } from './core/call-trace.js';
import { randomGuid } from './core/random.js';
import { dataPlaneService } from './data-plane/data-plane-service.js';
import { deviceLogin } from './entra/devices/device-login.js';
import { entraService } from './entra/entra-service.js';
import { errorPage } from './entra/error-page.js';
import { graphService } from './graph/graph-service.js';
import { plainError, Refusal } from './http/answer.js';
import type { Call, Connection, Service, World } from './http/call.js';
import { facesOf } from './http/faces.js';
import { isOwnHost, virtualHostOf } from './http/own-hosts.js';
import { parsePath } from './http/parse-path.js';
import { hostService, metadataServiceOfMachine } from './identity/identity-service.js';
import { inferenceService } from './inference/inference-service.js';
import { foldersOf } from './proxy/folders-of.js';
import type { Face } from './proxy/virtual-hosts.js';

/** The emulator as a function from request to answer. No socket, no global state. */
export type Handle = (request: Request, connection: Connection) => Promise<Response>;

/** Longest request body, in bytes. */
export const BODY_LIMIT: number = 4 * 1024 * 1024;

interface Route {
  /** The first segments of the path, in lower case. */
  readonly prefix: readonly string[];
  readonly service: Service;
  /** Whether plain http is answered too. */
  readonly http: boolean;
  /** The host of Azure where it is found in proxy mode; without one, only at the emulator's own address. */
  readonly face?: Face;
}

/** The first match counts, after the emulator's own pages. What is left belongs to Microsoft Entra ID, whose first segment is a tenant. */
const ROUTES: readonly Route[] = [
  { prefix: ['metadata', 'endpoints'], service: metadataService, http: true, face: 'resourceManager' },
  { prefix: ['metadata'], service: metadataServiceOfMachine, http: true, face: 'instanceMetadata' },
  { prefix: ['hosts'], service: hostService, http: true },
  { prefix: ['subscriptions'], service: armService, http: false, face: 'resourceManager' },
  { prefix: ['tenants'], service: armService, http: false, face: 'resourceManager' },
  { prefix: ['providers'], service: armService, http: false, face: 'resourceManager' },
  { prefix: ['graph'], service: graphService, http: false, face: 'graph' },
  { prefix: ['inference'], service: inferenceService, http: false, face: 'inference' },
  { prefix: ['data-plane'], service: dataPlaneService, http: false, face: 'dataPlane' },
  { prefix: ['devicelogin'], service: deviceLogin, http: false, face: 'login' },
  { prefix: ['error'], service: errorPage, http: true, face: 'login' },
  { prefix: [], service: entraService, http: false, face: 'login' },
];

/** What {@link createHandle} writes down. */
export interface HandleOptions {
  /** `/_emu/…`, at the emulator's own address. */
  readonly admin: Service;
  readonly log: Pick<ExchangeLog, 'add'>;
  /** Whether secrets stay readable in the log. */
  readonly showSecrets: boolean;
}

/** Makes the {@link Handle} of a world. It answers every request and never rejects. */
export function createHandle(world: World, options: HandleOptions): Handle {
  const routes: readonly Route[] = [{ prefix: ['_emu'], service: options.admin, http: true }, ...ROUTES];
  return async (request, connection) => {
    const requestId = randomGuid(world.random);
    const trace: CallTrace = {};
    const start = performance.now();
    let body = '';
    let response: Response;
    try {
      body = await request.text();
      response = await answer(world, routes, { request, connection, requestId, body, trace });
    } catch (error) {
      world.logger.error({ event: 'emulator.failed', requestId, message: redact(String(error)) });
      response = plainError(500, 'InternalServerError', 'The emulator failed to answer. Please report it.');
    }
    if (!response.headers.has('x-ms-request-id')) response.headers.set('x-ms-request-id', requestId);
    const { host, tls } = connection;
    if (!isOwnPage(world, request, host)) {
      const { showSecrets } = options;
      const at = world.clock.now();
      const durationMs = performance.now() - start;
      const parts = { at, durationMs, host, tls, request, body, response, trace, showSecrets };
      const exchange = options.log.add(await recordExchange(parts));
      recordSignIn(world, exchange, trace);
    }
    return response;
  };
}

/** The inspector and its interface are no part of the cloud: no fault happens there, and nothing is recorded. */
function isOwnPage({ hosts }: World, request: Request, host: string): boolean {
  return isOwnHost(hosts, host) && parsePath(new URL(request.url).pathname)?.[0]?.toLowerCase() === '_emu';
}

interface Asked {
  readonly request: Request;
  readonly connection: Connection;
  readonly requestId: string;
  readonly body: string;
  readonly trace: CallTrace;
}

async function answer(world: World, routes: readonly Route[], asked: Asked): Promise<Response> {
  const { request, connection, requestId, body, trace } = asked;
  if (Buffer.byteLength(body) > BODY_LIMIT) return bodyTooLarge();
  const url = new URL(request.url);
  const path = parsePath(url.pathname);
  if (path === undefined) {
    return plainError(400, 'BadRequest', 'The path of the request is not a well-formed path.');
  }
  const virtual = virtualHostOf(world.hosts, connection.host);
  if (virtual === undefined && !isOwnHost(world.hosts, connection.host)) return misdirected(connection.host);

  finishDue(world.store, world.clock.now());
  const segments = [...foldersOf(virtual, connection.host), ...path];
  const route = routes.find(
    ({ prefix, face }) =>
      (virtual === undefined || face === virtual.face) &&
      prefix.every((segment, index) => segments[index]?.toLowerCase() === segment),
  );
  if (route === undefined) return plainError(404, 'NotFound', 'The emulator has nothing at this path.');
  if (!connection.tls && !route.http) return httpsRequired(connection.host, url);

  const { origin } = new URL(`https://${connection.host}`);
  const call: Call = {
    world,
    method: request.method.toUpperCase(),
    segments,
    query: url.searchParams,
    headers: request.headers,
    body,
    tls: connection.tls,
    origin,
    faces: facesOf(world.hosts, origin, virtual),
    requestId,
    trace,
  };
  const isSpared = world.faults.isEmpty || isOwnPage(world, request, connection.host);
  const fault = isSpared ? undefined : world.faults.take(faultRequest(call, connection.host));
  if (fault === undefined) return serve(route.service, call);
  const signals = [
    world.closing,
    request.signal,
    ...(connection.signal === undefined ? [] : [connection.signal]),
  ];
  return withFault(call, fault, AbortSignal.any(signals), (faulty) => serve(route.service, faulty));
}

async function serve(service: Service, call: Call): Promise<Response> {
  try {
    return await service(call);
  } catch (error) {
    if (error instanceof Refusal) return error.answer(call);
    throw error;
  }
}

/** The answer to a body beyond {@link BODY_LIMIT}. */
export function bodyTooLarge(): Response {
  const message = `The request body is larger than ${BODY_LIMIT} bytes.`;
  return plainError(413, 'RequestEntityTooLarge', message, { connection: 'close' });
}

function misdirected(host: string): Response {
  const message = `The emulator does not answer for the host '${redact(host)}'. Use localhost or 127.0.0.1 with the emulator's port.`;
  return plainError(421, 'MisdirectedRequest', message);
}

function httpsRequired(host: string, url: URL): Response {
  const message = `This path is served over https only. Use https://${host}${url.pathname} and trust the emulator's certificate authority (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, REQUESTS_CA_BUNDLE, curl --cacert).`;
  return plainError(403, 'HttpsRequired', message);
}
