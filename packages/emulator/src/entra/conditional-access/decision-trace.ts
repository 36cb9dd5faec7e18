import type { Call } from '../../http/call.js';

const decisions = new WeakMap<Call, string>();

/** Keeps why a call gets a token or none; the answer names it in `x-emu-decision`. */
export function keepDecision(call: Call, text: string): void {
  decisions.set(call, text);
}

/** What {@link keepDecision} kept. */
export function keptDecision(call: Call): string | undefined {
  return decisions.get(call);
}
