import { AmlAuthError, defaultScope, isAmlAuthError } from '@aml-auth/core';
import { formatError } from '../../../output/format-error.js';
import type { DemoStep } from '../demo-step.js';

/** A wrong secret leads to the number, the cause and the next command. */
export const wrongSecret: DemoStep = {
  title: 'With a wrong secret it is refused, and told what to do.',
  async run({ cloud, credentialOf, signal }) {
    const scope = defaultScope(cloud.resourceManager.audience);
    try {
      await credentialOf('trainer', 'not-the-secret').getToken(scope, { abortSignal: signal });
    } catch (error) {
      if (isAmlAuthError(error) && error.aadsts === 7000215) return formatError(error, 'text').split('\n');
      throw error;
    }
    throw new AmlAuthError({ code: 'AML_UNEXPECTED', message: 'A wrong secret signed in.' });
  },
};
