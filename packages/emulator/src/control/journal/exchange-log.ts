import type { Exchange, ExchangeRecord } from '../../core/exchange.js';

/** The latest exchanges. */
export interface ExchangeLog {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  add(exchange: ExchangeRecord): Exchange;
  /** Those with a higher number, oldest first. */
  since(sequence: number): readonly Exchange[];
  get(sequence: number): Exchange | undefined;
  /** Tells of every exchange from now on, until the returned function is called. */
  subscribe(listener: (exchange: Exchange) => void): () => void;
  /** Forgets all exchanges; numbers go on. */
  clear(): void;
}

/** A log that keeps the latest exchanges. */
export function createExchangeLog(limit = 1_000): ExchangeLog {
  const exchanges: Exchange[] = [];
  const listeners = new Set<(exchange: Exchange) => void>();
  let last = 0;

  /** Numbers have no gaps. */
  function indexOf(sequence: number): number {
    return Math.max(0, sequence - (last - exchanges.length + 1));
  }

  return {
    exchanges,
    add(record) {
      last += 1;
      const exchange: Exchange = { sequence: last, ...record };
      exchanges.push(exchange);
      if (exchanges.length > limit) exchanges.shift();
      for (const listener of listeners) listener(exchange);
      return exchange;
    },
    since: (sequence) => exchanges.slice(indexOf(sequence + 1)),
    get(sequence) {
      const found = exchanges[indexOf(sequence)];
      return found?.sequence === sequence ? found : undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear() {
      exchanges.length = 0;
    },
  };
}
