import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cloud, Credential } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import {
  createExternalIssuer,
  startEmulator,
  trustEmulator,
  type Emulator,
  type EmulatorWorkspace,
  type ExternalIssuer,
} from '@aml-auth/emulator';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { demoCloud } from './demo-cloud.js';
import { createTravellingClock, type TravellingClock } from './travelling-clock.js';

/** What the workflows work with. */
export interface DemoWorld {
  readonly emulator: Emulator;
  readonly cloud: Cloud;
  /** What the emulator and its clients count time by. */
  readonly clock: TravellingClock;
  /** An identity provider beside Microsoft Entra ID, which the application `pipeline` trusts. */
  readonly issuer: ExternalIssuer;
  readonly workspace: EmulatorWorkspace;
  /** A folder for files that programs hand to each other. Goes with the demo. */
  readonly folder: string;
  /** The environment of the program. */
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly signal: AbortSignal;
  /** A credential of an application of the emulator, new each time. */
  readonly credentialOf: (app: string, secret?: string) => Credential;
  /** A Resource Manager client that calls as whoever has the credential. */
  readonly armAs: (credential: Credential) => ArmClient;
}

/** A {@link DemoWorld} that is there until it is closed. */
export interface OpenDemoWorld extends DemoWorld {
  readonly close: () => Promise<void>;
}

/**
 * Starts the cloud of the demo. In proxy mode: so that an unmodified Azure CLI can be told where it is.
 *
 * @param trust - has this process trust it; throws on a Node.js that cannot, and then nothing is left running
 */
export async function openDemoWorld(
  env: DemoWorld['env'],
  signal: AbortSignal,
  trust: (emulator: Emulator) => void = trustEmulator,
): Promise<OpenDemoWorld> {
  const clock = createTravellingClock();
  const issuer = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com', clock });
  const emulator = await startEmulator({ seed: demoCloud(issuer), clock, proxy: true });
  try {
    trust(emulator);
  } catch (error) {
    await emulator.close();
    throw error;
  }
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-demo-'));
  const { cloud } = emulator;
  return {
    emulator,
    cloud,
    clock,
    issuer,
    folder,
    env,
    signal,
    workspace: emulator.workspace(),
    credentialOf: (name, secret) => {
      const { tenantId, clientId, ...app } = emulator.app(name);
      return fromClientSecret({ tenantId, clientId, clientSecret: secret ?? app.secret ?? '', cloud, clock });
    },
    armAs: (credential) => createArmClient({ credential, cloud }),
    close: async () => {
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
