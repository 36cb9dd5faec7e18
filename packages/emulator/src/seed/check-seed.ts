import { isAmlAuthError, systemClock, type Clock } from '@aml-auth/core';

import { createEmulatorClock } from '../control/emulator-clock.js';
import { describeIssues } from '../core/describe-issue.js';
import { createStore } from '../core/store.js';
import { applySeed } from './apply-seed.js';
import type { EmulatorSeed } from './emulator-seed.js';
import { generateCertificates } from './generate-certificates.js';
import { problemOf } from './invalid-seed.js';
import { readSeedValue } from './parse-seed.js';
import { partsOfSeed, type SeedParts } from './seed-parts.js';
import { seedSchema } from './seed-schema.js';
import { setClock } from './set-clock.js';

/** Something in a seed that the emulator would not start with. */
export interface SeedProblem {
  /** Where, such as `tenants[0].apps[1].secrets[0].expires`; empty for the seed as a whole. */
  readonly path: string;
  /** What is wrong with it, in words. */
  readonly message: string;
}

/**
 * Everything that is wrong with a seed, where `startEmulator` names the first thing only. Names are looked up once
 * the form is right. What refers to something that is wrong itself is listed too.
 *
 * @param input - an object, or JSON or YAML text
 * @returns nothing for a seed that the emulator starts with
 */
export async function checkSeed(input: unknown): Promise<readonly SeedProblem[]> {
  let value: unknown;
  try {
    value = readSeedValue(input);
  } catch (error) {
    return [{ path: '', message: problemOf(error) }];
  }
  const form = seedSchema.safeParse(value);
  if (!form.success) return describeIssues(form.error);
  const clock = createEmulatorClock(systemClock);
  setClock(clock, form.data.clock);
  const { seed } = await generateCertificates(form.data, clock).catch((error: unknown) => {
    if (isAmlAuthError(error)) return { seed: form.data };
    throw error;
  });
  const whole = tryApply(seed, clock);
  if (whole === undefined) return [];
  const found = problemsOfParts(partsOfSeed(seed), clock);
  return found.length === 0 ? [{ path: '', message: whole }] : found;
}

/**
 * Adds one part after the other to what could be applied so far, and tries again those that could not, since they
 * may refer to later ones. What never fits is wrong.
 */
function problemsOfParts(parts: SeedParts, clock: Clock): readonly SeedProblem[] {
  const taken = new Set<string>();
  let pending = parts.paths.map((path) => ({ path, message: '' }));
  for (let before = -1; before !== taken.size;) {
    before = taken.size;
    pending = pending.filter((entry) => {
      if (!parts.isWithin(entry.path, taken)) return true;
      entry.message = tryApply(parts.seedOf(new Set([...taken, entry.path])), clock) ?? '';
      if (entry.message === '') taken.add(entry.path);
      return entry.message !== '';
    });
  }
  return pending.filter(({ message }) => message !== '');
}

/** What is wrong with the first thing that cannot be applied; undefined where everything can. */
function tryApply(seed: EmulatorSeed, clock: Clock): string | undefined {
  try {
    applySeed(
      createStore(() => clock.now()),
      seed,
      clock,
    );
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
