import type { EmulatorClock } from '../control/emulator-clock.js';
import type { SeedClock } from './seed-clock.js';

/** Puts the clock where a seed wants it. Comes before everything that counts from now. */
export function setClock(clock: EmulatorClock, seed: SeedClock | undefined): void {
  if (seed === undefined || seed.mode === 'real') return;
  if (seed.now !== undefined) clock.set(seed.now);
  if (seed.mode === 'frozen') clock.freeze();
}
