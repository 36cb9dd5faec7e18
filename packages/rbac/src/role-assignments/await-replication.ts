import { isAmlAuthError, restateError, systemClock, type AmlAuthError, type Clock } from '@aml-auth/core';
import type { PrincipalType } from '@aml-auth/permissions';

import { nextPause, pause } from '../arm/pause.js';
import type { Graph } from '../graph/graph-client.js';
import { resolvePrincipal } from '../graph/resolve-principal.js';
import { diagnosePrincipal, wrongType, type DirectoryAnswer } from './diagnose-principal.js';

/** What is told while Azure does not know a principal as yet. */
export interface ReplicationWait {
  /** Object id of the principal that Azure does not find. */
  readonly principalId: string;
  /** 1 for the first wait. */
  readonly attempt: number;
  /** How long it waits now, in milliseconds. */
  readonly delayMs: number;
}

/** How a new principal is waited for. */
export interface ReplicationOptions {
  /**
   * Asked when Azure does not find the principal: it tells one that is not known everywhere as yet, which is waited
   * for, from an application id or a wrong type, which is refused at once. Default: nobody is asked.
   */
  readonly graph?: Graph | undefined;
  /** Whether the principal was created just now, so that it is waited for even where Microsoft Graph lacks it. Default false. */
  readonly principalIsNew?: boolean | undefined;
  /** How long a new principal is waited for, in milliseconds. Default 180,000. */
  readonly replicationMs?: number | undefined;
  /** Told before each pause, such as to say why nothing happens. Default: nobody. */
  readonly onReplicationWait?: ((wait: ReplicationWait) => void) | undefined;
  /** Measures the waiting. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** The principal of a write, and how it may wait. */
export interface PrincipalWrite extends ReplicationOptions {
  readonly principalId: string;
  readonly principalType: PrincipalType;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_MS = 180_000;
const MAX_PAUSE_MS = 10_000;

/**
 * Runs a write, and again while Azure does not find its principal and replication of the directory explains it.
 *
 * @throws {AmlAuthError} what the write throws; where it is about the principal, in words that say which id or type is
 *   wrong and what is right
 */
export async function awaitReplication<T>(write: PrincipalWrite, run: () => Promise<T>): Promise<T> {
  const { clock = systemClock, replicationMs = DEFAULT_MS, principalId, signal } = write;
  const end = clock.monotonic() + replicationMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isAmlAuthError(error)) throw error;
      if (error.armCode === 'UnmatchedPrincipalType') throw await naming(write, error);
      if (error.armCode !== 'PrincipalNotFound') throw error;
      if (attempt === 1) await requireReplication(write, error);
      const delayMs = nextPause(attempt, MAX_PAUSE_MS);
      if (clock.monotonic() + delayMs > end) throw tooLate(error, principalId, replicationMs);
      write.onReplicationWait?.({ principalId, attempt, delayMs });
      await pause(clock, delayMs, signal);
    }
  }
}

async function requireReplication(write: PrincipalWrite, error: AmlAuthError): Promise<void> {
  const { principalId, principalType, principalIsNew: isNew = false } = write;
  const fault = diagnosePrincipal({ principalId, principalType, isNew, answer: await ask(write) });
  if (fault !== undefined) throw restateError(error, fault);
}

async function naming(write: PrincipalWrite, error: AmlAuthError): Promise<AmlAuthError> {
  const answer = await ask(write);
  const isKnown = answer.kind === 'found' && answer.principal.objectId === write.principalId;
  if (isKnown) return restateError(error, wrongType(write.principalType, answer.principal));
  const remedy = 'Give the principalType that the message names.';
  return restateError(error, { code: 'AML_CONFIG_INVALID', remedy });
}

/** Where the caller may not ask, it stays open what the id is. */
async function ask({ graph, principalId, signal }: PrincipalWrite): Promise<DirectoryAnswer> {
  if (graph === undefined) return { kind: 'unknown' };
  try {
    return { kind: 'found', principal: await resolvePrincipal(graph, principalId, { signal }) };
  } catch (error) {
    if (!isAmlAuthError(error) || error.code === 'AML_CANCELLED') throw error;
    return error.code === 'AML_NOT_FOUND' ? { kind: 'absent', error } : { kind: 'unknown' };
  }
}

function tooLate(error: AmlAuthError, principalId: string, ms: number): AmlAuthError {
  return restateError(error, {
    message: `Azure does not know the new principal ${principalId} after ${String(Math.round(ms / 1000))} seconds of waiting.`,
    remedy:
      'Assign the role again later: nothing was assigned. Check that the subscription is of the same tenant as the principal.',
  });
}
