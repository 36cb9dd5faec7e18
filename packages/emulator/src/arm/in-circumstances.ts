import type { Call } from '../http/call.js';
import type { Access } from './access.js';

/** The same {@link Access}, whose conditions know the circumstances of a call: the time, and that no private link leads here. */
export function inCircumstances(access: Access, { world }: Call): Access {
  const environment = { UtcNow: new Date(world.clock.now()).toISOString(), isPrivateLink: false };
  return {
    ...access,
    decide: (principalId, action, scope, attributes) =>
      access.decide(principalId, action, scope, { ...attributes, environment }),
  };
}
