import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent, Logger } from '@aml-auth/core';
import { environmentKeys, type KeySource } from '@aml-auth/token-cache';
import { onTestFinished } from 'vitest';

/** A line of keys as the environment holds them. */
export function keyLine(id = 'k1'): string {
  return `${id}:${randomBytes(32).toString('base64url')}`;
}

/** Keys of the environment, new ones for each call. */
export function someKeys(line: string = keyLine()): KeySource {
  return environmentKeys({ AML_AUTH_CACHE_KEY: line });
}

/** A folder that is gone after the test; the store is to make the one inside. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-cache-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'cache');
}

/** Paths of all files under the folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => !one.isDirectory()).map((one) => join(one.parentPath, one.name));
}

/** A logger that keeps what it is told. */
export function keptLog(): Logger & { readonly events: (LogEvent & { readonly level: string })[] } {
  const events: (LogEvent & { readonly level: string })[] = [];
  const at = (level: string) => (event: LogEvent) => void events.push({ ...event, level });
  return { events, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
