import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Reach, Target } from './facts.js';

const LIMIT_MS = 5_000;

/** Asks the emulator for its metadata, with the authority in a file and with no proxy. */
export async function reachEmulator(target: Target, caFile: string | undefined): Promise<Reach> {
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch(() => undefined);
  return new Promise((resolve) => {
    const asked = request(`${target.origin}/metadata/endpoints?api-version=2022-09-01`, {
      ...(ca === undefined ? {} : { ca }),
      agent: false,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    asked.once('response', (response) => {
      response.resume();
      resolve({
        outcome: { kind: 'answered', status: response.statusCode ?? 0 },
        ...validity(response.socket),
      });
    });
    asked.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ outcome: { kind: 'failed', code: error.code ?? error.message } });
    });
    asked.end();
  });
}

function validity(socket: Socket): Partial<Reach> {
  if (!(socket instanceof TLSSocket)) return {};
  const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
  return { validFrom: Date.parse(from), validTo: Date.parse(to) };
}
