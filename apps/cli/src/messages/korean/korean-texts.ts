import { accessTexts } from './access-texts.js';
import { accountTexts } from './account-texts.js';
import { commandTexts } from './command-texts.js';
import { emulatorTexts } from './emulator-texts.js';
import { endpointTexts } from './endpoint-texts.js';
import { identityTexts } from './identity-texts.js';
import { machineTexts } from './machine-texts.js';
import { principalTexts } from './principal-texts.js';
import { rbacTexts } from './rbac-texts.js';
import { resourceTexts } from './resource-texts.js';
import { setupTexts } from './setup-texts.js';
import { sharedTexts } from './shared-texts.js';

/** Help texts in Korean, by their English wording. */
export const koreanTexts: Readonly<Record<string, string>> = {
  ...sharedTexts,
  ...accessTexts,
  ...accountTexts,
  ...commandTexts,
  ...endpointTexts,
  ...identityTexts,
  ...machineTexts,
  ...principalTexts,
  ...rbacTexts,
  ...resourceTexts,
  ...setupTexts,
  ...emulatorTexts,
};
