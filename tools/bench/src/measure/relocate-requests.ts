interface Dispatcher {
  dispatch(options: { readonly origin?: string | URL }, handler: unknown): unknown;
}

/** Where undici keeps what the global `fetch` sends with. */
const SLOT = Symbol.for('undici.globalDispatcher.1');

/**
 * From now on requests of `fetch` to one origin arrive at another. What is above the connections is measured as it is, on
 * the platform's own `fetch`, and hosts with a token need no certificate here. Gives the function that ends it.
 */
export function relocateRequests(from: string, to: string): () => void {
  // Undici comes with the first of its globals that is read.
  new Headers();
  const slots = globalThis as { [SLOT]?: Dispatcher };
  const usual = slots[SLOT];
  if (usual === undefined) throw new Error('This Node.js does not say what its fetch sends with.');
  slots[SLOT] = {
    dispatch: (options, handler) =>
      usual.dispatch(
        String(options.origin) === from ? Object.assign(options, { origin: to }) : options,
        handler,
      ),
  };
  return () => {
    slots[SLOT] = usual;
  };
}
