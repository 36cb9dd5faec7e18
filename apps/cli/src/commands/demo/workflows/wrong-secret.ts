import { defaultScope, isAmlAuthError, type AmlAuthError } from '@aml-auth/core';
import { formatError } from '../../../output/format-error.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

/** A wrong secret leads to the number, the cause and the next command. */
export const wrongSecret = defineWorkflow<AmlAuthError>({
  name: 'wrong-secret',
  title: {
    en: 'A wrong secret is refused, with the next step',
    ko: '틀린 비밀은 거부되고, 다음에 할 일이 나옵니다',
  },
  async run({ cloud, credentialOf, signal }) {
    const scope = defaultScope(cloud.resourceManager.audience);
    const refusal: unknown = await credentialOf('trainer', 'not-the-secret')
      .getToken(scope, { abortSignal: signal })
      .catch((error: unknown) => error);
    if (!(refusal instanceof Error)) requirePromise(false, 'A wrong secret signed in.');
    if (isAmlAuthError(refusal) && refusal.aadsts === 7000215) return refusal;
    throw refusal;
  },
  tell: {
    en: (refusal) => formatError(refusal, 'text').split('\n'),
    ko: (refusal) => formatError(refusal, 'text').split('\n'),
  },
});
