import type { PermissionEntry } from '@aml-auth/permissions';
import * as z from 'zod';

import { optionalText, textList } from '../arm/parse-reply.js';

/** `permissions[]` of a role definition or a deny assignment. */
export const permissionEntries: z.ZodType<readonly PermissionEntry[]> = z
  .array(
    z.object({
      actions: textList,
      notActions: textList,
      dataActions: textList,
      notDataActions: textList,
      condition: optionalText,
      conditionVersion: optionalText,
    }),
  )
  .nullish()
  .transform((entries) => entries ?? []);
