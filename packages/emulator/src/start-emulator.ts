import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';

import { AmlAuthError, quietLogger, systemClock } from '@aml-auth/core';

import { createEmulatorClock } from './control/emulator-clock.js';
import { adminService } from './admin/admin-service.js';
import { currentStore } from './arm/operations/current-store.js';
import { throttleOfSeed } from './arm/throttling/throttle-of-seed.js';
import { createOperationControl } from './arm/operations/operation-control.js';
import { createFaults, faultControlOf } from './control/faults/create-faults.js';
import { createExchangeLog } from './control/journal/exchange-log.js';
import { systemRandom } from './core/random.js';
import { createSignInLog } from './control/sign-ins/sign-in-log.js';
import { createStore } from './core/store.js';
import { createVault } from './core/vault.js';
import { describeCloud } from './describe-cloud.js';
import { createDirectory } from './directory.js';
import type { Emulator, EmulatorOptions } from './emulator.js';
import { createSigningKey, readSigningKey, type SigningKey } from './entra/signing-keys.js';
import { createEnvironment } from './environment.js';
import { createHeadlessSignIn } from './headless-sign-in.js';
import type { World } from './http/call.js';
import { createHandle } from './handle.js';
import { isOwnHost, originOf, virtualHostOf } from './http/own-hosts.js';
import { createArcKeys } from './identity/arc-keys.js';
import { createHostDirectory } from './identity/host-directory.js';
import { createHostRuntime } from './identity/host-runtime.js';
import { inProcessFetch } from './in-process-fetch.js';
import { listen } from './net/listener.js';
import { operationDuration } from './seed/add-operation-failures.js';
import { createProxy } from './proxy/create-proxy.js';
import { parsePassthrough } from './proxy/parse-passthrough.js';
import { TLS_HOSTS } from './proxy/virtual-hosts.js';
import { applySeed } from './seed/apply-seed.js';
import { demoSeed } from './seed/demo-seed.js';
import { generateCertificates } from './seed/generate-certificates.js';
import { parseSeed } from './seed/parse-seed.js';
import { setClock } from './seed/set-clock.js';
import { createSignInControl } from './sign-in-control.js';
import { createCertificateAuthority, type CertificateAuthority } from './tls/certificate-authority.js';
import { keepCertificateAuthority } from './tls/keep-certificate-authority.js';
import { keepKeyFile } from './tls/keep-key-file.js';

/**
 * Starts Microsoft Entra ID, Azure Resource Manager and Azure Machine Learning on one loopback port.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a seed, port, page size or folder that cannot be used
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { random = systemRandom, pageSize, proxy = false } = options;
  const logger = quietLogger(options.logger);
  if (pageSize !== undefined && !(Number.isSafeInteger(pageSize) && pageSize > 0)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `pageSize ${pageSize} is not a positive whole number.`,
      remedy: 'Leave pageSize out to have everything in one page.',
    });
  }
  const port = parsePort(options.port ?? 0);
  const isPassthrough = parsePassthrough(options.passthrough ?? []);
  const parsed = parseSeed(options.seed ?? demoSeed);
  const clock = createEmulatorClock(options.clock ?? systemClock);
  setClock(clock, parsed.clock);
  const { seed, certificates } = await generateCertificates(parsed, clock);
  const store = createStore(() => clock.now());
  const vault = createVault();
  applySeed(store, seed, clock, vault);

  // The RSA key takes longest. It is made while the rest starts, and awaited by whoever needs it first.
  const key = signingKey(options.stateDir);
  key.catch(() => undefined);
  const authority = await authorityOf(options);
  const closing = new AbortController();
  let endIdle = (): void => undefined;
  const world: World = {
    store,
    clock,
    random,
    logger,
    keys: () => key,
    hosts: { port: 0, proxy },
    identity: createHostRuntime(createArcKeys()),
    operations: { durationMs: operationDuration(seed.operations) },
    throttle: throttleOfSeed(seed.throttling, clock),
    vault,
    pageSize,
    emptyPages: options.emptyPages ?? false,
    faults: createFaults(() => {
      endIdle();
    }),
    signIns: createSignInLog(),
    closing: closing.signal,
  };
  const log = createExchangeLog();
  const current = currentStore(store, clock);
  const directory = createDirectory(current, seed, certificates);
  const control = createSignInControl(world, directory);
  const handle = createHandle(world, {
    admin: adminService({ clock, log, control, store: current }),
    log,
    showSecrets: options.unsafelyRecordSecrets === true,
  });
  const leaf = await authority.issueLeaf();
  const { arcKeys } = world.identity;
  for (const { kind, keyFolder } of store.list('hosts')) {
    if (kind === 'arc' && keyFolder === 'agent') arcKeys.prepare(keyFolder);
  }
  const listener = await listen({
    port,
    leaf,
    authority,
    tlsFlaw: (host) => world.faults.takeTls(host),
    handle,
    isOwnHost: (host) => isOwnHost(world.hosts, host) || virtualHostOf(world.hosts, host) !== undefined,
    proxy: proxy ? createProxy(authority, isPassthrough) : undefined,
    logger,
  }).catch(async (error: unknown) => {
    arcKeys.dispose();
    await key.catch(() => undefined);
    throw error;
  });
  world.hosts.port = listener.port;
  endIdle = () => {
    listener.endIdle();
  };

  const origin = originOf(world.hosts);
  const ownFetch = inProcessFetch(handle, world.hosts, closing.signal);
  const environment = createEnvironment({
    origin,
    proxy,
    directory,
    ca: authority.certificate,
    folder: options.stateDir,
  });
  const { firstApp: _, ...lookUps } = directory;
  return {
    origin,
    port: listener.port,
    inspector: `http://localhost:${listener.port}/_emu/`,
    ca: authority.certificate,
    cloud: describeCloud(origin),
    ...lookUps,
    ...createHostDirectory({
      store: current,
      clock,
      vault,
      runtime: world.identity,
      hosts: world.hosts,
      thumbprint: new X509Certificate(leaf.certificate).fingerprint.replaceAll(':', ''),
    }),
    env: environment.env,
    clientEnv: environment.clientEnv,
    fetch: ownFetch,
    signIn: createHeadlessSignIn({ origin, fetch: ownFetch, user: directory.user }),
    ...control,
    clock,
    ...createOperationControl(world),
    faults: faultControlOf(world.faults),
    requests: log.exchanges,
    snapshot: () => current.snapshot(),
    restore: (snapshot) => {
      store.restore(snapshot);
    },
    async close() {
      closing.abort();
      await listener.close();
      arcKeys.dispose();
      environment.dispose();
      // Nobody may have asked for the key yet: without this its file could appear after the end.
      await key.catch(() => undefined);
    },
  };
}

/**
 * The authority of proxy mode is a separate one, which may certify hosts of Azure. It is never kept: its
 * private key ends with the process.
 */
async function authorityOf(options: EmulatorOptions): Promise<CertificateAuthority> {
  const { authority, stateDir, proxy = false } = options;
  if (authority === undefined) {
    if (proxy) return createCertificateAuthority({ permits: TLS_HOSTS });
    return stateDir === undefined ? createCertificateAuthority() : keepCertificateAuthority(stateDir);
  }
  if (!proxy || TLS_HOSTS.every((name) => authority.permits.includes(name))) return authority;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'The certificate authority may not certify the hosts that proxy mode stands in for.',
    remedy: 'Leave authority out, or make one with createCertificateAuthority({ permits: PROXY_HOSTS }).',
  });
}

async function signingKey(stateDir: string | undefined): Promise<SigningKey> {
  if (stateDir === undefined) return readSigningKey(await createSigningKey());
  return keepKeyFile(join(stateDir, 'keys'), 'signing-key.json', {
    create: createSigningKey,
    read: readSigningKey,
    isUsable: () => true,
  });
}

function parsePort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `port ${port} is not a port number.`,
    remedy: 'Give a number from 1 to 65535, or 0 for any free port.',
  });
}
