/** What a dispatcher of undici is given, as far as it is used here. */
export interface DispatchOptions {
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;
}

/**
 * Who is told what becomes of a request: version 1 of undici's contract (`Dispatcher.dispatch`), that of its versions 5
 * to 7.
 */
export interface DispatchHandler {
  /** Called before anything is sent, again where a request begins anew. */
  onConnect(abort: (reason?: unknown) => void): void;
  /** Also called for informational replies (1xx). False asks to hold the body back. */
  onHeaders(
    status: number,
    rawHeaders: readonly (Uint8Array | string)[],
    resume: () => void,
    statusText: string,
  ): boolean;
  onData(chunk: Uint8Array): boolean;
  onComplete(): void;
  onError(error: unknown): void;
}

/** What sends requests below `fetch`: connections, proxies and certificates are its affair. */
export interface Dispatcher {
  dispatch(options: DispatchOptions, handler: DispatchHandler): unknown;
}

/**
 * Where undici keeps the dispatcher of the process for whoever speaks version 1 of the contract. The built-in `fetch` of
 * Node.js 22 and 24 takes it from here; undici 8, that of Node.js 26, keeps one here that translates for its own.
 */
const SLOT = Symbol.for('undici.globalDispatcher.1');

let judged: { readonly fetch: unknown; readonly isOwn: boolean } | undefined;

/**
 * The dispatcher that the platform's own `fetch` sends with: that of Node.js, or what the program put in its place by
 * `setGlobalDispatcher` (a proxy, a mock). Undefined where there is none to be had, or where the program has put another
 * function in the place of `fetch`, which then is the one to be used.
 */
export function platformDispatcher(): Dispatcher | undefined {
  if (!isPlatformFetch(globalThis.fetch)) return undefined;
  const found = (globalThis as { [SLOT]?: Partial<Dispatcher> })[SLOT];
  return typeof found?.dispatch === 'function' ? (found as Dispatcher) : undefined;
}

/** Node.js names in the source of its `fetch` the module behind it. Another text is another function. */
function isPlatformFetch(fetch: unknown): boolean {
  if (judged?.fetch !== fetch) {
    const isOwn =
      typeof fetch === 'function' &&
      Function.prototype.toString.call(fetch).includes("require('internal/deps/undici/undici')");
    judged = { fetch, isOwn };
  }
  return judged?.isOwn === true;
}
