import {
  AmlAuthError,
  isAmlAuthError,
  restateError,
  toAmlAuthError,
  type ChangeStep,
  type StepOutcome,
} from '@aml-auth/core';
import { containsAll } from '../operations/contains-all.js';
import { parseWorkspaceRef, workspaceIdOf } from '../resource-names.js';
import { findSubscription } from '../subscriptions/subscription-operations.js';
import type { Transport } from '../transport.js';
import type { CreateWorkspaceOptions } from './create-workspace-options.js';
import { workspacePlan, type PlannedResource } from './workspace-plan.js';

/** How far the making of a workspace is. */
export interface WorkspaceCreationProgress {
  /** In words: `key vault kv-ml0123`. */
  readonly what: string;
  /** The ARM id of the resource. */
  readonly id: string;
  /** `found`: it was there already, and stays as it is. */
  readonly state: 'creating' | 'created' | 'found';
}

/** How to wait for a workspace. */
export interface WorkspaceCreationWait {
  /** Ends the waiting with `AML_CANCELLED`; what Azure has begun goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each resource: what is made, what was there. Default: nobody. */
  readonly onProgress?: ((progress: WorkspaceCreationProgress) => void) | undefined;
}

/**
 * Makes a workspace and what it needs beside it, and waits for all of it. What is there already is used as it is and
 * never written over; a call that broke off can be made again.
 *
 * @returns the workspace as ARM shows it
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`; `AML_CONFLICT` where the workspace is there and `existOk` is not set; what
 *   ARM answers, with what was made so far in `steps`
 */
export async function createWorkspace(
  transport: Transport,
  options: CreateWorkspaceOptions & WorkspaceCreationWait,
): Promise<unknown> {
  const { signal, onProgress } = options;
  const { apiVersion } = transport;
  const id = workspaceIdOf(parseWorkspaceRef(options));
  const digest = await sha256(id.toLowerCase());
  // Checks the options before anything is sent; the tenant, of which the workspace knows nothing, comes later.
  const { workspace } = workspacePlan(options, { digest, apiVersion, tenantId: '' });
  const existing = await find(transport, id, apiVersion, signal);
  // What came to nothing is made again.
  if (existing !== undefined && !isFailed(existing)) {
    checkMayTake(existing, workspace, options);
    return settled(transport, workspace, existing, signal);
  }
  const { tenantId = '' } = await findSubscription(transport, options.subscriptionId, signal);
  const plan = workspacePlan(options, { digest, apiVersion, tenantId });
  const steps = [plan.resourceGroup, ...plan.dependents.flat(), plan.workspace].filter(isPlanned);
  const outcomes = new Map<PlannedResource, StepOutcome>();

  async function ensure(resource: PlannedResource): Promise<void> {
    const tell = (state: WorkspaceCreationProgress['state']): void =>
      onProgress?.({ what: resource.what, id: resource.id, state });
    try {
      const there = await find(transport, resource.id, resource.apiVersion, signal);
      const isThere = there !== undefined && !isFailed(there);
      if (!isThere) tell('creating');
      await (isThere ? settled(transport, resource, there, signal) : create(transport, resource, signal));
      outcomes.set(resource, 'done');
      tell(isThere ? 'found' : 'created');
    } catch (error) {
      outcomes.set(resource, outcomeOf(toAmlAuthError(error)));
      throw error;
    }
  }

  async function inOrder(resources: readonly PlannedResource[]): Promise<void> {
    for (const resource of resources) await ensure(resource);
  }

  try {
    if (plan.resourceGroup !== undefined) await ensure(plan.resourceGroup);
    const results = await Promise.allSettled(plan.dependents.map(inOrder));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw toAmlAuthError(failed.reason);
    outcomes.set(plan.workspace, 'failed');
    onProgress?.({ what: plan.workspace.what, id, state: 'creating' });
    const made = await create(transport, plan.workspace, signal);
    onProgress?.({ what: plan.workspace.what, id, state: 'created' });
    return made;
  } catch (error) {
    const known = toAmlAuthError(error);
    if (outcomes.has(plan.workspace)) outcomes.set(plan.workspace, outcomeOf(known));
    throw restateError(known, { steps: steps.map((step) => stepOf(step, outcomes.get(step))) });
  }
}

/** A workspace that is being made as it is wanted here is that of an earlier call, which broke off. */
function checkMayTake(
  existing: unknown,
  { id, body }: PlannedResource,
  { existOk }: CreateWorkspaceOptions,
): void {
  if (existOk === true || (isRunning(existing) && containsAll(existing, body))) return;
  throw new AmlAuthError({
    code: 'AML_CONFLICT',
    message: `There is a workspace ${id} already.`,
    remedy: 'Choose another name, or set existOk to use the workspace as it is.',
  });
}

/** What is there, when nothing is at work on it any more. */
async function settled(
  transport: Transport,
  { id, apiVersion }: PlannedResource,
  existing: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (!isRunning(existing)) return existing;
  return await transport.follow(id, apiVersion).result({ signal });
}

function isRunning(existing: unknown): boolean {
  return !/^(?:succeeded|failed|canceled|undefined|null)$/i.test(provisioningState(existing));
}

function isFailed(existing: unknown): boolean {
  return /^(?:failed|canceled)$/i.test(provisioningState(existing));
}

function provisioningState(existing: unknown): string {
  const { properties } = existing as { properties?: { provisioningState?: unknown } };
  return String(properties?.provisioningState);
}

async function create(
  transport: Transport,
  { id: path, apiVersion, body }: PlannedResource,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const operation = await transport.startOperation({ method: 'PUT', path, apiVersion, body, signal });
  return operation.result({ signal });
}

/** The resource, or undefined where it is missing, or its resource group is. */
async function find(
  transport: Transport,
  path: string,
  apiVersion: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  try {
    return (await transport.request({ method: 'GET', path, apiVersion, signal })).body;
  } catch (error) {
    if (isAmlAuthError(error) && error.status === 404 && error.armCode !== 'SubscriptionNotFound')
      return undefined;
    throw error;
  }
}

/** Where no answer came, or the waiting ended, Azure may have made it. */
function outcomeOf({ code }: AmlAuthError): StepOutcome {
  const isOpen = code === 'AML_TIMEOUT' || code === 'AML_NETWORK' || code === 'AML_CANCELLED';
  return isOpen || code === 'AML_SERVICE_UNAVAILABLE' ? 'unclear' : 'failed';
}

function stepOf({ what, id }: PlannedResource, outcome: StepOutcome = 'notStarted'): ChangeStep {
  return { step: `create ${what}`, outcome, id };
}

function isPlanned(resource: PlannedResource | undefined): resource is PlannedResource {
  return resource !== undefined;
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
