import { once } from 'node:events';
import { connect } from 'node:net';
import type { Environment } from '../../files/config-folder.js';
import type { MetadataFact } from './facts.js';

/** Longer than this the metadata service of a machine in Azure never takes. */
const LIMIT_MS = 1_000;
const METADATA_SERVICE = 'http://169.254.169.254';
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Variables with the address of a managed-identity endpoint of this machine. */
const ENDPOINTS = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT', 'IMDS_ENDPOINT', 'OBO_ENDPOINT'] as const;

/**
 * Whether the Instance Metadata Service answers here. It is asked without the header that it wants: its
 * refusal shows that it is there.
 *
 * @param limitMs - how long it has to answer, in milliseconds
 */
export async function reachMetadataService(
  env: Environment,
  signal: AbortSignal,
  limitMs: number = LIMIT_MS,
): Promise<MetadataFact> {
  const base = env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] ?? METADATA_SERVICE;
  const place = URL.canParse(base) ? new URL(base) : undefined;
  if (place === undefined || !(place.origin === METADATA_SERVICE || LOOPBACK.test(place.hostname)))
    return { answers: false, evidence: 'AZURE_POD_IDENTITY_AUTHORITY_HOST names another machine: not asked' };
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const url = `${base.replace(/\/+$/, '')}/metadata/identity/oauth2/token`;
    const response = await fetch(url, { redirect: 'manual', signal: limit });
    await response.body?.cancel();
    const { status } = response;
    const answers = status === 400;
    return {
      answers,
      evidence: answers
        ? `answers at ${place.origin}`
        : `${place.origin} answers ${status}: not Azure's service`,
    };
  } catch {
    return { answers: false, evidence: `no answer from ${place.origin} within a second` };
  }
}

/** Variables that lead to a port of this machine at which nothing listens: their server has ended. */
export async function deadEndpoints(env: Environment): Promise<readonly string[]> {
  const found = await Promise.all(
    ENDPOINTS.map(async (name) => {
      const text = env[name];
      if (text === undefined || !URL.canParse(text)) return [];
      const { hostname, port, protocol } = new URL(text);
      if (!LOOPBACK.test(hostname)) return [];
      const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
      return (await isRefused(hostname.replace(/^\[|\]$/g, ''), number)) ? [name] : [];
    }),
  );
  return found.flat();
}

async function isRefused(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  socket.setTimeout(LIMIT_MS, () => socket.destroy());
  try {
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}
