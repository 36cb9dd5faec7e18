import type { CorrelationIds } from '@aml-auth/core';
import type { RetryMode } from '../http/retry-policy.js';
import type { ArmQuery } from './arm-url.js';

/** One request to Azure Resource Manager. */
export interface ArmRequest {
  /** Of the request. Decides, with `retry`, what may be repeated. */
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Unencoded, beginning with `/`, without host, query and fragment. See `armPath`. */
  readonly path: string;
  /** `api-version` of the provider, such as `2022-12-01`. */
  readonly apiVersion: string;
  /** More parameters, unencoded; `api-version` is not among them. */
  readonly query?: ArmQuery | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Ends the request with `AML_CANCELLED`. What Azure has begun goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the request may be repeated after a temporary failure. `safe` (default): GET and HEAD
   * always; PUT and DELETE unless ARM may still be at work (a timeout, 504); POST and PATCH never.
   * `always`: for a POST that changes nothing, such as `listKeys`. `never`: one attempt.
   */
  readonly retry?: RetryMode | undefined;
}

/** A write that may begin a long-running operation. */
export interface ArmWriteRequest extends ArmRequest {
  /** Of the write. */
  readonly method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** What ends the work in Azure, for `operation.cancel()`: of a job, POST to its `cancel`. */
  readonly cancelBy?: ArmCancelRequest | undefined;
}

/** The request that ends an operation in Azure. */
export interface ArmCancelRequest {
  /** Of the request. */
  readonly method: 'POST' | 'DELETE';
  /** As in `ArmRequest`. */
  readonly path: string;
  /** As in `ArmRequest`. */
  readonly apiVersion: string;
  /** As in `ArmRequest`. */
  readonly query?: ArmQuery | undefined;
}

/** A reply with a status from 200 to 299. */
export interface ArmResponse {
  /** From 200 to 299. */
  readonly status: number;
  /** As they came. */
  readonly headers: Headers;
  /** The parsed JSON; undefined where there is no body. */
  readonly body: unknown;
  /** The ids of the request that succeeded, for support. */
  readonly correlation: CorrelationIds;
}

/** A listing. */
export interface ArmListRequest {
  /** As in `ArmRequest`. */
  readonly path: string;
  /** As in `ArmRequest`. */
  readonly apiVersion: string;
  /** Of the first page; further pages are asked for as the service says. */
  readonly query?: ArmQuery | undefined;
  /** Ends the listing with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Ends after so many items; no page beyond them is asked for. */
  readonly limit?: number | undefined;
  /**
   * How many pages are asked for ahead of the caller, from 0 to 10; `true` is 1. Each page names the next, so they come
   * one after the other. Default 0.
   */
  readonly prefetch?: boolean | number | undefined;
  /** Of the first page; further pages are read. Default GET. */
  readonly method?: 'GET' | 'POST' | undefined;
  /** The field that holds the items. Default `value`. */
  readonly itemsIn?: string | undefined;
  /** `next` of an earlier page: goes on there, also in another process. Path and query then do not count. */
  readonly continueFrom?: string | undefined;
}

/** Limits in milliseconds. */
export interface ArmTimeLimits {
  /** For one attempt, its body included. Default 65,000: ARM itself gives up after 60 seconds. */
  readonly attemptMs?: number | undefined;
  /** For one request with all its attempts and waits. Default 300,000. */
  readonly totalMs?: number | undefined;
}
