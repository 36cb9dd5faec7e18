import { delimiter, isAbsolute, join } from 'node:path';
import type { Finding } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';
import type { Environment } from '../lib/settings.js';
import { profilePath } from './az-session.js';

/** Whether `az` and its profile are there, for a decision record. Starts nothing. */
export function azFindings(env: Environment): Finding[] {
  const profile = profilePath(env);
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const names = process.platform === 'win32' ? ['az.cmd', 'az.exe'] : ['az'];
  const folder = folders.find((path) => names.some((name) => builtins.fs.existsSync(join(path, name))));
  return [
    {
      what: 'program az on the PATH',
      found: folder !== undefined,
      ...(folder !== undefined && isOpenToAll(folder)
        ? { note: `in ${folder}, which everybody on this machine can write to` }
        : {}),
    },
    { what: `file ${profile}`, found: builtins.fs.existsSync(profile) },
  ];
}

const OTHERS_WRITE = 0o002;

/** Whoever can write there can put another program in the place of `az`. Windows has no such bit. */
function isOpenToAll(folder: string): boolean {
  if (process.platform === 'win32') return false;
  return ((builtins.fs.statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS_WRITE) !== 0;
}
