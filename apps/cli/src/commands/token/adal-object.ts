import { toAdalTokenResponse } from '@aml-auth/credentials';
import type { ShapedToken } from './token-formats.js';

/** The token as programs of adal-node read it. */
export function adalObject({ token, scope }: ShapedToken, clientId: string | undefined): object {
  return { ...toAdalTokenResponse(token, { resource: scope.replace(/\/\.default$/, ''), clientId }) };
}
