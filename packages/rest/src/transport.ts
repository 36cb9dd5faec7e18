import type { ArmListRequest, ArmRequest, ArmResponse, ArmWriteRequest } from './arm/arm-request.js';
import type { Operation } from './operations/operation.js';
import type { OnDrift } from './parse-leniently.js';

/** What the operations on one type of resource are built on. */
export interface Transport {
  request(request: ArmRequest): Promise<ArmResponse>;
  list(request: ArmListRequest): AsyncIterable<unknown>;
  /** The items of a listing, each read. */
  listed<T>(request: ArmListRequest, read: (item: unknown) => T): AsyncIterable<T>;
  startOperation(request: ArmWriteRequest): Promise<Operation>;
  /** Whatever is at work on a resource, by its `provisioningState`. Sends nothing yet. */
  follow(path: string, apiVersion: string): Operation;
  readonly apiVersion: string;
  readonly onDrift: OnDrift;
  /** Of one type among several. */
  readonly driftOf: (type: string) => OnDrift;
}
