import type { Cloud, Credential } from '@aml-auth/core';
import type { Emulator, EmulatorWorkspace } from '@aml-auth/emulator';
import type { ArmClient } from '@aml-auth/rest';

/** What the steps of the demo work with. */
export interface DemoWorld {
  readonly emulator: Emulator;
  readonly cloud: Cloud;
  readonly workspace: EmulatorWorkspace;
  readonly signal: AbortSignal;
  /** A credential of an application of the emulator. */
  readonly credentialOf: (app: string, secret?: string) => Credential;
  /** A Resource Manager client that calls as the application. */
  readonly armAs: (app: string) => ArmClient;
}

/** One step: what it shows, and what it did. It throws where it cannot show what it promises. */
export interface DemoStep {
  readonly title: string;
  readonly run: (world: DemoWorld) => Promise<readonly string[]>;
}
