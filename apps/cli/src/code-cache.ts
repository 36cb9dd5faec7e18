import { enableCompileCache } from 'node:module';
import { isAbsolute, join } from 'node:path';

/**
 * Has Node.js keep compiled code, which makes the next start faster, in a folder of this user alone. Its default is a
 * folder that all users of the machine share: whoever writes there first would choose the code that runs here, with the
 * tokens of others. Where there is no such folder, nothing is kept.
 */
export function codeCache(env: Readonly<Partial<Record<string, string>>>): void {
  // Modes and owners are not to be relied on there.
  if (process.platform === 'win32') return;
  try {
    const named = env['XDG_CACHE_HOME'];
    const home = env['HOME'] ?? process.getBuiltinModule('node:os').homedir();
    const base =
      named !== undefined && isAbsolute(named) ? named : isAbsolute(home) ? join(home, '.cache') : undefined;
    if (base === undefined) return;
    const folder = join(base, 'aml-auth-code');
    const { existsSync, lstatSync, mkdirSync } = process.getBuiltinModule('node:fs');
    // Level by level: the recursive way of Node.js never ends in a folder such as /proc.
    for (const level of [base, folder]) if (!existsSync(level)) mkdirSync(level, { mode: 0o700 });
    const { mode, uid } = lstatSync(folder);
    const isPrivate = (mode & 0o170_077) === 0o040_000 && uid === process.geteuid?.();
    if (isPrivate) enableCompileCache(folder);
  } catch {
    // A read-only or full disk: slower, and nothing else.
  }
}
