import { AmlAuthError, isAmlAuthError, systemClock, toAmlAuthError, type Clock } from '@aml-auth/core';

import { nextPause, pause } from '../arm/pause.js';
import type { Graph } from '../graph/graph-client.js';
import {
  getApplication,
  plainApplication,
  type Application,
  type ApplicationReference,
} from './application.js';
import { checkCredentialRequest, type CertificateRequest, type SecretRequest } from './credential-request.js';
import { keyCredentialsOf, type AddedCredential, type KeyCredential } from './credential.js';
import { prepareCredential, removeCredential } from './credentials.js';
import { runChange, type OnStep } from './run-change.js';

/** The credential that {@link rotateCredential} puts in place of others. */
export interface RotateCredentialOptions {
  /** Whose credentials. */
  readonly application: ApplicationReference;
  /** The new one. */
  readonly credential: SecretRequest | CertificateRequest;
  /**
   * Shows that the new one works, best by a sign-in with it. Tried again while Microsoft Entra ID refuses the
   * credential (`AML_CREDENTIAL_REJECTED`), as it does until it has spread.
   */
  readonly verify: (added: AddedCredential, application: Application) => Promise<unknown>;
  /** Ids of those that go. Default: all of the same kind and display name. */
  readonly replace?: readonly string[] | undefined;
  /** True to leave them for now: whoever still has the old one goes on working. Default false. */
  readonly keepOld?: boolean | undefined;
  /** How long the new one may be refused, in milliseconds. Default 120,000. */
  readonly verifyMs?: number | undefined;
  /** Told at the beginning and end of each step. Default: nobody. */
  readonly onStep?: OnStep | undefined;
  /** Measures waits and lifetimes. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Ends the call with `AML_CANCELLED`; until the old ones go, the new one is removed again. */
  readonly signal?: AbortSignal | undefined;
}

/** A credential that could not be removed, and why. */
export interface NotRemoved {
  /** Its key id. */
  readonly id: string;
  /** What the directory answered. */
  readonly error: AmlAuthError;
}

/** What {@link rotateCredential} did. */
export interface RotatedCredential {
  /** The new one, with its secret or private key, which are told nowhere else. */
  readonly added: AddedCredential;
  /** Ids of those that went. */
  readonly removed: readonly string[];
  /** Ids of those that were to go, and are kept for now. */
  readonly kept: readonly string[];
  /** Those that are still there although they should not be. */
  readonly notRemoved: readonly NotRemoved[];
}

const DEFAULT_VERIFY_MS = 120_000;
const MAX_PAUSE_MS = 10_000;

/**
 * Adds a new secret or certificate, shows that it works, and only then removes the old ones. Where it does not work,
 * it is removed again and the old ones stay.
 *
 * Some servers of Microsoft Entra ID may know the new one later than others: with `keepOld` and a `removeCredential`
 * some minutes later no sign-in fails in between.
 *
 * @throws {AmlAuthError} what `verify` throws, with `steps`; `AML_NOT_FOUND`, `AML_CONFIG_INVALID`; what the
 *   `GraphClient` throws
 */
export async function rotateCredential(
  graph: Graph,
  options: RotateCredentialOptions,
): Promise<RotatedCredential> {
  const { credential, keepOld = false, clock = systemClock, signal, onStep = () => undefined } = options;
  checkCredentialRequest(credential);
  const application = await getApplication(graph, options.application, signal);
  const addTo = await prepareCredential(credential, { clock, signal });
  const old = toReplace(options, keyCredentialsOf(application));
  let added: AddedCredential | undefined;
  await runChange(
    [
      {
        step: `add a ${credential.kind} to the application ${application.appId}`,
        run: async () => {
          added = await addTo(graph, application);
          return { id: added.id, changed: added.created };
        },
        undo: (id) => removeCredential(graph, { application: { objectId: application.objectId }, id, clock }),
      },
      {
        step: 'sign in with it',
        run: async () => {
          await verified(
            options,
            () => options.verify(theAdded(added), plainApplication(application)),
            clock,
          );
          return { changed: false };
        },
      },
    ],
    onStep,
  );
  const outcome = { added: theAdded(added), removed: [], kept: [], notRemoved: [] };
  const going = old.filter((id) => id !== outcome.added.id);
  return keepOld ? { ...outcome, kept: going } : { ...outcome, ...(await removeAll(graph, options, going)) };
}

function toReplace(
  { credential, replace }: RotateCredentialOptions,
  there: readonly KeyCredential[],
): readonly string[] {
  const { kind, displayName = 'rbac' } = credential;
  if (replace === undefined) {
    return there.filter((key) => key.kind === kind && key.displayName === displayName).map(({ id }) => id);
  }
  const ids = replace.map((id) => id.toLowerCase());
  const missing = ids.find((id) => !there.some((key) => key.id === id));
  if (missing === undefined) return ids;
  throw new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `The application has no secret or certificate ${missing}, which was to be replaced.`,
    remedy: 'Give ids that listCredentials shows.',
  });
}

async function verified(
  { verifyMs = DEFAULT_VERIFY_MS, signal }: RotateCredentialOptions,
  verify: () => Promise<unknown>,
  clock: Clock,
): Promise<void> {
  const end = clock.monotonic() + verifyMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await verify();
      return;
    } catch (error) {
      const delayMs = nextPause(attempt, MAX_PAUSE_MS);
      const isEarly = isAmlAuthError(error) && error.code === 'AML_CREDENTIAL_REJECTED';
      if (!isEarly || clock.monotonic() + delayMs > end) throw error;
      await pause(clock, delayMs, signal);
    }
  }
}

/** The new one works and is told to nobody else yet: what fails here must not lose it. */
async function removeAll(
  graph: Graph,
  { application, clock, signal, onStep = () => undefined }: RotateCredentialOptions,
  ids: readonly string[],
): Promise<Pick<RotatedCredential, 'removed' | 'notRemoved'>> {
  const removed: string[] = [];
  const notRemoved: NotRemoved[] = [];
  for (const id of ids) {
    const step = `remove the credential ${id}`;
    onStep(step, 'started');
    try {
      await removeCredential(graph, { application, id, clock, signal });
      removed.push(id);
      onStep(step, 'done');
    } catch (error) {
      notRemoved.push({ id, error: toAmlAuthError(error) });
      onStep(step, 'failed');
    }
  }
  return { removed, notRemoved };
}

function theAdded(added: AddedCredential | undefined): AddedCredential {
  if (added !== undefined) return added;
  throw new TypeError('The credential was not added.');
}
