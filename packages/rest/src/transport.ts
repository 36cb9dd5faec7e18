import type { ArmListRequest, ArmRequest, ArmResponse } from './arm/arm-request.js';
import type { OnDrift } from './parse-leniently.js';

/** What the operations on one type of resource are built on. */
export interface Transport {
  request(request: ArmRequest): Promise<ArmResponse>;
  list(request: ArmListRequest): AsyncIterable<unknown>;
  readonly apiVersion: string;
  readonly onDrift: OnDrift;
}
