import { isGuid } from '@aml-auth/core';
import type { BlockedSignIn } from '@aml-auth/rbac';

/**
 * What the text of an error says of a refused sign-in: the AADSTS number, and the ids of policies in claims
 * (`capolids`) or in our own JSON (`policyIds`). Pure.
 */
export function blockedSignIn(text: string): BlockedSignIn {
  // Claims stand in JSON that stands in JSON, or in a header.
  const plain = text.replaceAll('\\', '');
  const number = /AADSTS(\d{4,8})\b/.exec(plain)?.[1] ?? /"aadsts"\s*:\s*(\d{4,8})\b/.exec(plain)?.[1];
  const lists = [
    ...plain.matchAll(/"capolids"\s*:\s*\{[^{}]*"values"\s*:\s*\[([^\]]*)\]/g),
    ...plain.matchAll(/"policyIds"\s*:\s*\[([^\]]*)\]/g),
  ];
  const ids = lists.flatMap(([, list = '']) => list.split(',').map((id) => id.replaceAll(/["\s]/g, '')));
  return {
    ...(number === undefined ? {} : { aadsts: Number(number) }),
    policyIds: [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))],
  };
}
