import { dirname, join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import type { CliContext } from '../context.js';
import { configFolder } from '../files/config-folder.js';
import { readJsonFile } from '../files/json-file.js';
import {
  parseSetting,
  PROJECT_SETTINGS,
  SETTING_NAMES,
  SETTING_VARIABLES,
  type Origin,
  type SettingName,
} from './setting.js';

/** A value, and who says so. */
export interface SettingValue {
  readonly value: string;
  readonly origin: Origin;
  /** The variable or the file. */
  readonly place: string;
}

/** The settings that hold here. */
export type Settings = Readonly<Partial<Record<SettingName, SettingValue>>>;

/** What the file of a project is called. */
export const PROJECT_FILE = '.aml-auth.json';

/** What a command needs to know its settings. */
export type SettingsContext = Pick<CliContext, 'cwd'> & {
  readonly process: Pick<CliContext['process'], 'env'>;
};

/**
 * The settings of environment, project and user, in this order. The file of the project is the nearest
 * `.aml-auth.json` in the folder or above it.
 *
 * @throws {AmlAuthError} exit code 8 for a broken file of the user; `AML_CONFIG_INVALID` for a project that wants to
 *   set what it may not
 */
export async function loadSettings(context: SettingsContext): Promise<Settings> {
  const { env } = context.process;
  const userFile = userSettingsFile(env);
  const user = userFile === undefined ? {} : await fromFile(userFile, 'user');
  return { ...user, ...(await projectSettings(context.cwd)), ...fromEnvironment(env) };
}

/** The file with the user's settings; undefined where there is no home. */
export function userSettingsFile(env: SettingsContext['process']['env']): string | undefined {
  const folder = configFolder(env);
  return folder === undefined ? undefined : join(folder, 'config.json');
}

function fromEnvironment(env: SettingsContext['process']['env']): Settings {
  const found = SETTING_NAMES.flatMap((name) => {
    const place = SETTING_VARIABLES[name].find(
      (variable) => env[variable] !== undefined && env[variable] !== '',
    );
    // What the value means is checked where it is used, as for flags.
    return place === undefined
      ? []
      : [[name, { value: env[place] ?? '', origin: 'environment', place }] as const];
  });
  return Object.fromEntries(found);
}

async function projectSettings(start: string): Promise<Settings> {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, PROJECT_FILE);
    if ((await readJsonFile(path, 'project')) !== undefined) return fromFile(path, 'project');
    if (dirname(folder) === folder) return {};
  }
}

async function fromFile(place: string, origin: 'project' | 'user'): Promise<Settings> {
  const content = (await readJsonFile(place, origin)) ?? {};
  const found = Object.entries(content).map(([key, value]) => {
    const name = SETTING_NAMES.find((known) => known === key);
    if (name === undefined || (origin === 'project' && !PROJECT_SETTINGS.has(name))) {
      throw refused(key, place, origin, name !== undefined);
    }
    return [name, { value: parseIn(place, name, value), origin, place }] as const;
  });
  return Object.fromEntries(found);
}

function parseIn(place: string, name: SettingName, value: unknown): string {
  try {
    return parseSetting(name, value);
  } catch (error) {
    const { message, remedy } = error as AmlAuthError;
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `In ${place}: ${message}`,
      remedy,
      cause: error,
    });
  }
}

function refused(key: string, place: string, origin: 'project' | 'user', isKnown: boolean): AmlAuthError {
  const allowed = SETTING_NAMES.filter((name) => origin === 'user' || PROJECT_SETTINGS.has(name)).join(', ');
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: isKnown
      ? `${place} sets ${key}, which a file of a project may not.`
      : `${place} sets ${JSON.stringify(key)}, which does not exist${origin === 'project' ? ' or is not for projects' : ''}.`,
    remedy: `Take it out. Such a file may set ${allowed}.`,
  });
}
