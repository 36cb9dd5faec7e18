import { seededRandom, type Random } from '../../core/random.js';
import type { ActiveFault, FaultControl, FaultRule, TlsFlaw } from './fault-rule.js';
import { matchesFault, type FaultRequest } from './matches-fault.js';
import { invalidFault, parseFault } from './parse-fault.js';

/** Decides which fault happens to what. */
export interface Faults extends FaultControl {
  /** Whether nothing goes wrong. */
  readonly isEmpty: boolean;
  /** The fault that happens to a request; undefined for none. Asking counts. */
  take(request: FaultRequest): ActiveFault | undefined;
  /** What is wrong with the certificate of a new connection; undefined for nothing. Asking counts. */
  takeTls(host: string): TlsFlaw | undefined;
}

interface Standing {
  readonly rule: FaultRule & { readonly id: string };
  readonly random: Random;
  seen: number;
  hits: number;
}

/**
 * No {@link Faults} as yet.
 *
 * @param onTlsFault - is told of faults of certificates, which only new connections show
 */
export function createFaults(onTlsFault: () => void = () => undefined): Faults {
  let standing: readonly Standing[] = [];
  let count = 0;

  function nextId(taken: ReadonlySet<string>): string {
    do count += 1;
    while (taken.has(`fault-${count}`));
    return `fault-${count}`;
  }

  /** Counts, and says whether it is this fault's turn. */
  function happens(fault: Standing): boolean {
    const { nth, prob } = fault.rule.match ?? {};
    fault.seen += 1;
    if (fault.hits >= (fault.rule.times ?? Infinity)) return false;
    if (nth !== undefined && fault.seen !== nth) return false;
    if (prob !== undefined && chance(fault.random) >= prob) return false;
    fault.hits += 1;
    return true;
  }

  function takeFirst(matches: (rule: FaultRule) => boolean): Standing | undefined {
    return standing.find((fault) => matches(fault.rule) && happens(fault));
  }

  return {
    get isEmpty() {
      return standing.length === 0;
    },
    add(...inputs) {
      const rules = inputs.map(parseFault);
      const taken = new Set(standing.map(({ rule }) => rule.id));
      const added = rules.map((rule): Standing => {
        const id = rule.id ?? nextId(taken);
        if (taken.has(id)) throw invalidFault(`There is a fault with the id ${id} already.`);
        taken.add(id);
        return { rule: { ...rule, id }, random: seededRandom(`fault/${id}`), seen: 0, hits: 0 };
      });
      standing = [...standing, ...added];
      if (added.some(({ rule }) => rule.do.tls !== undefined)) onTlsFault();
      return added.map(describe);
    },
    list: () => standing.map(describe),
    clear(id) {
      const kept = id === undefined ? [] : standing.filter(({ rule }) => rule.id !== id);
      const cleared = kept.length < standing.length;
      standing = kept;
      return cleared;
    },
    take(request) {
      const fault = takeFirst((rule) => rule.do.tls === undefined && matchesFault(rule.match ?? {}, request));
      return fault === undefined ? undefined : describe(fault);
    },
    takeTls(host) {
      const request = { host, method: '', path: '', clients: [], form: {} };
      const fault = takeFirst((rule) => rule.do.tls !== undefined && matchesFault(rule.match ?? {}, request));
      return fault?.rule.do.tls;
    },
  };
}

/** What is for users of the emulator. */
export function faultControlOf(faults: Faults): FaultControl {
  return {
    add: (...inputs) => faults.add(...inputs),
    list: () => faults.list(),
    clear: (id) => faults.clear(id),
  };
}

function describe({ rule, seen, hits }: Standing): ActiveFault {
  return { ...rule, seen, hits };
}

/** From 0, inclusive, to 1, exclusive. */
function chance(random: Random): number {
  return Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
}
