import type { Emulator } from '@aml-auth/emulator';

import { callArm, type ArmAnswer } from './emulated.js';

/** What Azure Resource Manager answered; the tests know what is in the body. */
export interface MlAnswer extends Omit<ArmAnswer, 'body'> {
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls below the workspace `ws1` as an application: `platform-admin` by default. */
export function mlCaller(
  emulated: () => Emulator,
): (path: string, method?: string, body?: unknown, app?: string) => Promise<MlAnswer> {
  return async (path, method = 'GET', body, app = 'platform-admin') => {
    const isWhole = path.startsWith('/subscriptions') || path.startsWith('http');
    const target = isWhole ? path : `${emulated().workspace('ws1').id}/${path}`;
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await callArm(emulated(), app, target, { method, body, headers });
    return { ...answer, body: answer.body as unknown as MlAnswer['body'] };
  };
}

/** The value at a path of keys; undefined where it does not lead anywhere. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
      value,
    );
}

/** The names in a list. */
export function namesIn({ body }: MlAnswer): readonly unknown[] {
  return (body['value'] as readonly { readonly name: string }[]).map(({ name }) => name);
}
