import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Finding } from '@aml-auth/core';
import type { Environment } from '../lib/settings.js';
import { profilePath } from './az-session.js';

/** Whether `az` and its profile are there, for a decision record. Starts nothing. */
export function azFindings(env: Environment): Finding[] {
  const profile = profilePath(env);
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const names = process.platform === 'win32' ? ['az.cmd', 'az.exe'] : ['az'];
  const installed = folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
  return [
    { what: 'program az on the PATH', found: installed },
    { what: `file ${profile}`, found: existsSync(profile) },
  ];
}
