import { defaultScope, isAmlAuthError, toAmlAuthError } from '@aml-auth/core';
import { createGraphClient, whyBlocked } from '@aml-auth/rbac';
import { defineWorkflow, requirePromise } from '../workflow.js';

interface Facts {
  readonly code: string;
  readonly aadsts: number | undefined;
  readonly summary: string;
  readonly remedy: string;
}

/** A policy keeps an application out, and the refusal leads to it by its id. */
export const conditionalAccess = defineWorkflow<Facts>({
  name: 'conditional-access',
  title: {
    en: 'Conditional Access blocks a sign-in, and the policy is named',
    ko: '조건부 액세스가 로그인을 막고, 정책의 이름이 나옵니다',
  },
  async run({ cloud, credentialOf, signal }) {
    const scope = defaultScope(cloud.resourceManager.audience);
    const refusal: unknown = await credentialOf('contractor')
      .getToken(scope, { abortSignal: signal })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    requirePromise(refusal !== undefined, 'The policy did not block.');
    if (!isAmlAuthError(refusal) || refusal.aadsts !== 53003) throw toAmlAuthError(refusal);
    const graph = createGraphClient({ credential: credentialOf('platform-admin'), cloud });
    const { summary, remedy, policies } = await whyBlocked(graph, refusal, { signal });
    requirePromise(policies[0]?.policy !== undefined, 'The policy is not named.');
    return { code: refusal.code, aadsts: refusal.aadsts, summary, remedy };
  },
  tell: {
    en: ({ code, aadsts, summary, remedy }) => [
      `The sign-in is refused: ${code} (AADSTS${aadsts ?? ''}). "aml-auth ca why" says:`,
      summary,
      remedy,
    ],
    ko: ({ code, aadsts, summary, remedy }) => [
      `로그인이 거부됩니다: ${code} (AADSTS${aadsts ?? ''}). "aml-auth ca why"의 설명:`,
      summary,
      remedy,
    ],
  },
});
