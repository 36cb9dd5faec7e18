import type { Emulator } from '@aml-auth/emulator';

/** What a row is measured with. */
export interface BenchWorld {
  readonly emulator: Emulator;
  /** How many samples of each contestant; more are slower and steadier. */
  readonly rounds: number;
}

/** One figure of ours beside those of peers in the same run. */
export interface RowResult {
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** What a figure is made of, by contestant. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** One line of the table. */
export interface BenchRow {
  readonly title: string;
  /** Measured only where `redis-server` is installed. */
  readonly needsRedis?: boolean;
  /** Measured only where the list of all built-in roles lies beside the repository. */
  readonly needsRoleData?: boolean;
  readonly measure: (world: BenchWorld) => Promise<RowResult>;
}
