import { systemClock, type Clock } from '@aml-auth/core';

/** A clock that runs by itself, and jumps ahead where somebody will not wait. */
export interface TravellingClock extends Clock {
  /** Jumps ahead, in milliseconds. What becomes due by that is called before it returns. */
  readonly advance: (ms: number) => void;
}

interface Appointment {
  readonly due: number;
  readonly run: () => void;
  cancel: () => void;
}

/** The emulator and its clients go by one clock, so that both see the same time pass. */
export function createTravellingClock(base: Clock = systemClock): TravellingClock {
  let ahead = 0;
  const appointments = new Set<Appointment>();
  const monotonic = (): number => base.monotonic() + ahead;

  function arm(appointment: Appointment): void {
    appointment.cancel = base.schedule(Math.max(0, appointment.due - monotonic()), () => {
      keep(appointment);
    });
  }

  function keep(appointment: Appointment): void {
    if (appointments.delete(appointment)) appointment.run();
  }

  return {
    now: () => base.now() + ahead,
    monotonic,
    schedule(ms, run) {
      const appointment: Appointment = { due: monotonic() + ms, run, cancel: () => undefined };
      appointments.add(appointment);
      arm(appointment);
      return () => {
        appointments.delete(appointment);
        appointment.cancel();
      };
    },
    advance(ms) {
      ahead += ms;
      for (const appointment of [...appointments].sort((one, other) => one.due - other.due)) {
        appointment.cancel();
        if (appointment.due <= monotonic()) keep(appointment);
        else if (appointments.has(appointment)) arm(appointment);
      }
    },
  };
}
