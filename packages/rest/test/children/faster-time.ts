/**
 * Makes what waits for a minute in this process wait for a part of it. Gives a function that waits for milliseconds of
 * this time. Clocks go faster from its first call on, and not before: what is to happen until then has all the time that
 * a busy machine takes for it.
 */
export function fasterTime(factor: number): (ms: number) => Promise<void> {
  const realNow = Date.now.bind(Date);
  const realPerformance = performance.now.bind(performance);
  const realTimeout = globalThis.setTimeout;
  let from: { readonly date: number; readonly performance: number } | undefined;
  const faster = (real: number, since: number | undefined): number =>
    since === undefined ? real : since + (real - since) * factor;
  Date.now = () => faster(realNow(), from?.date);
  performance.now = () => faster(realPerformance(), from?.performance);
  const timeout = (run: () => void, ms = 0, ...rest: unknown[]) =>
    realTimeout(run as never, ms / factor, ...(rest as []));
  globalThis.setTimeout = Object.assign(timeout, realTimeout);
  return (ms) => {
    from ??= { date: realNow(), performance: realPerformance() };
    return new Promise((resolve) => realTimeout(resolve, ms / factor));
  };
}
