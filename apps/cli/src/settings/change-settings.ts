import { join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { readJsonFile, writeJsonFile } from '../files/json-file.js';
import { PROJECT_FILE, userSettingsFile, type SettingsContext } from './load-settings.js';
import { PROJECT_SETTINGS, SETTING_NAMES, type SettingName } from './setting.js';

type Content = Readonly<Record<string, unknown>>;

/**
 * Changes the file of the user's settings, or that of the project in this folder.
 *
 * @returns its path
 * @throws {AmlAuthError} `AML_UNAVAILABLE` where it cannot be written; exit code 8 where it is broken
 */
export async function changeSettings(
  { cwd, process: { env } }: SettingsContext,
  project: boolean,
  change: (settings: Content) => Content,
): Promise<string> {
  const path = project ? join(cwd, PROJECT_FILE) : userSettingsFile(env);
  if (path === undefined) {
    throw new AmlAuthError({
      code: 'AML_UNAVAILABLE',
      message: 'There is no home directory to keep settings in.',
      remedy: 'Set AML_AUTH_CONFIG_DIR to an absolute path that only you can write to.',
    });
  }
  const settings = (await readJsonFile(path, project ? 'project' : 'user')) ?? {};
  await writeJsonFile(path, change(settings));
  return path;
}

/** The setting of that name. @throws {AmlAuthError} `AML_CONFIG_INVALID`, naming those that there are */
export function settingNamed(name: string, project: boolean): SettingName {
  const allowed = SETTING_NAMES.filter((known) => !project || PROJECT_SETTINGS.has(known));
  const found = allowed.find((known) => known.toLowerCase() === name.replaceAll('-', '').toLowerCase());
  if (found !== undefined) return found;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `There is no setting ${name}${project ? ' for projects' : ''}.`,
    remedy: `Use one of ${allowed.join(', ')}.`,
  });
}
