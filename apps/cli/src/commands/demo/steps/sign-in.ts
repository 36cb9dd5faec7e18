import { defaultScope } from '@aml-auth/core';
import { identityOf } from '../../whoami/identity-of.js';
import { columns } from '../columns.js';
import type { DemoStep } from '../demo-step.js';

/** A service principal signs in; its token's claims are shown, never the token. */
export const signIn: DemoStep = {
  title: 'A service principal signs in with its client secret, over TLS.',
  async run({ emulator, cloud, credentialOf, signal }) {
    const scope = defaultScope(cloud.resourceManager.audience);
    const before = emulator.requests.length;
    const { token } = await credentialOf('trainer').getToken(scope, { abortSignal: signal });
    const requests = emulator.requests.length - before;
    return [
      `It got an access token with ${requests} request to Microsoft Entra ID. The token stays secret; its claims say:`,
      ...columns({ application: 'trainer', ...identityOf(token) }),
    ];
  },
};
