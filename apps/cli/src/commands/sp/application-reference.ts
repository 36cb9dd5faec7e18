import { isGuid } from '@aml-auth/core';
import type { ApplicationReference } from '@aml-auth/rbac';
import { textArgument } from '../../settings/text-flag.js';

/** The application that an argument means: an id of any kind, else its unique name. */
export function applicationReference(text: string): ApplicationReference {
  return isGuid(text) ? text : { uniqueName: text };
}

/** How that argument is parsed. */
export const applicationArgument = textArgument(
  'Application id, object id or unique name; never a display name, which several may share',
  'id|name',
);
