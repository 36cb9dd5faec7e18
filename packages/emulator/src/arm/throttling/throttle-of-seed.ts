import type { Clock } from '@aml-auth/core';

import type { SeedThrottling } from '../../seed/throttling-schema.js';
import { AZURE_SIZES, createThrottle, LARGE_SIZES, type Throttle } from './throttle.js';

/** The limits that a seed asks for; undefined for none. */
export function throttleOfSeed(seed: SeedThrottling | undefined, clock: Clock): Throttle | undefined {
  if (seed === false) return undefined;
  if (seed === 'azure') return createThrottle(AZURE_SIZES, clock);
  const { reads, writes, deletes } = { ...seed };
  return createThrottle(
    {
      reads: reads ?? LARGE_SIZES.reads,
      writes: writes ?? LARGE_SIZES.writes,
      deletes: deletes ?? LARGE_SIZES.deletes,
    },
    clock,
  );
}
