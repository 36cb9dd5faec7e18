/**
 * Makes the time of this process pass so many times faster: what waits for a minute waits for a part of it. Gives a
 * function that waits for milliseconds of the faster time.
 */
export function fasterTime(factor: number): (ms: number) => Promise<void> {
  const start = Date.now();
  const realNow = Date.now.bind(Date);
  const realPerformance = performance.now.bind(performance);
  const realTimeout = globalThis.setTimeout;
  Date.now = () => start + (realNow() - start) * factor;
  performance.now = () => realPerformance() * factor;
  const timeout = (run: () => void, ms = 0, ...rest: unknown[]) =>
    realTimeout(run as never, ms / factor, ...(rest as []));
  globalThis.setTimeout = Object.assign(timeout, realTimeout);
  return (ms) => new Promise((resolve) => realTimeout(resolve, ms / factor));
}
