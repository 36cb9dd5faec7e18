import type { DemoStep } from './demo-step.js';
import { readWorkspace } from './steps/read-workspace.js';
import { refusedDelete } from './steps/refused-delete.js';
import { signIn } from './steps/sign-in.js';
import { wrongSecret } from './steps/wrong-secret.js';

/** The demo, in order. */
export const demoSteps: readonly DemoStep[] = [signIn, readWorkspace, refusedDelete, wrongSecret];
