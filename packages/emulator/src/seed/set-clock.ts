import type { EmulatorClock } from '../control/emulator-clock.js';
import type { SeedClock } from './seed-clock.js';

/** Puts the clock where a seed wants it. Comes before everything that counts from now. */
export function setClock(clock: EmulatorClock, seed: SeedClock | undefined): void {
  if (seed === undefined || seed.mode === 'real') return;
  // First, so that no time passes between the two.
  if (seed.mode === 'frozen') clock.freeze();
  if (seed.now !== undefined) clock.set(seed.now);
}
