/** Where the emulator's clock starts, and whether it goes. */
export interface SeedClock {
  /** ISO 8601. Default: the time of the clock beneath. */
  readonly now?: string | undefined;
  /**
   * `offset`: starts at `now` and goes on from there; `frozen`: stands still at `now`; `real`: keeps to the
   * clock beneath, whatever `now` says. Default: `offset` with `now`, otherwise `real`.
   */
  readonly mode?: 'real' | 'frozen' | 'offset' | undefined;
}
