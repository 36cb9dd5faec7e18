import { AmlAuthError } from '@aml-auth/core';
import type { WantedApplication } from '@aml-auth/rbac';
import type { CreateForRbacFlags } from './command.js';

/**
 * The application that the options mean.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function wantedApplication(
  flags: Pick<CreateForRbacFlags, 'name' | 'uniqueName' | 'application'>,
): WantedApplication {
  const { name: displayName, uniqueName, application: appId } = flags;
  if (appId !== undefined && uniqueName === undefined && displayName === undefined) return { appId };
  if (appId === undefined && uniqueName !== undefined) return { uniqueName, displayName };
  if (appId === undefined && displayName !== undefined) return { displayName };
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'It is not told which application is meant.',
    remedy: 'Give --unique-name (safe to repeat), --name (a new one each time) or --application.',
  });
}
