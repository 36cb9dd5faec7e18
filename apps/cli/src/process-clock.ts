import { systemClock, type Clock } from '@aml-auth/core';

/** The clock of the machine, by what a process has from its start: `performance` is loaded when it is first used. */
export const processClock: Clock = {
  ...systemClock,
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
};
