import { join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { configFolder, type Environment } from '../files/config-folder.js';
import { readJsonFile, writeJsonFile } from '../files/json-file.js';
import { localStateError } from '../local-state-error.js';
import type { Account, Accounts } from './account.js';
import { formatAccounts, parseAccounts } from './parse-accounts.js';

/**
 * The accounts of this user; none where there is no home.
 *
 * @throws {AmlAuthError} exit code 8 for a broken file
 */
export async function readAccounts(env: Environment): Promise<Accounts> {
  const path = fileOf(env);
  const content = path === undefined ? undefined : await readJsonFile(path, 'user');
  if (content === undefined) return { accounts: [] };
  const accounts = parseAccounts(content);
  if (accounts !== undefined) return accounts;
  throw localStateError(
    `${String(path)} does not hold accounts of this version.`,
    'Remove it and sign in again with "aml-auth login".',
  );
}

/** Writes the accounts. @throws {AmlAuthError} `AML_UNAVAILABLE` where there is no place for them */
export async function writeAccounts(env: Environment, accounts: Accounts): Promise<void> {
  const path = fileOf(env);
  if (path !== undefined) {
    await writeJsonFile(path, formatAccounts(accounts));
    return;
  }
  throw new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: 'There is no home directory to keep accounts in.',
    remedy: 'Set AML_AUTH_CONFIG_DIR to an absolute path that only you can write to.',
  });
}

/** The account of that name. @throws {AmlAuthError} `AML_NOT_FOUND`, naming those that there are */
export function accountNamed({ accounts }: Accounts, name: string): Account {
  const found = accounts.find((account) => account.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = accounts.map((account) => account.name).join(', ');
  throw new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `There is no account called ${name}.`,
    remedy: names === '' ? 'Sign in with "aml-auth login".' : `Give one of ${names}.`,
  });
}

/** The accounts with this one in place of an earlier one of the same name, and in use. */
export function withAccount({ accounts }: Accounts, account: Account): Accounts {
  const others = accounts.filter(({ name }) => name.toLowerCase() !== account.name.toLowerCase());
  return { current: account.name, accounts: [...others, account] };
}

/** The accounts without this one. Where it was in use, the latest of the others is. */
export function withoutAccount({ current, accounts }: Accounts, gone: string): Accounts {
  const rest = accounts.filter(({ name }) => name !== gone);
  return { current: current === gone ? rest.at(-1)?.name : current, accounts: rest };
}

function fileOf(env: Environment): string | undefined {
  const folder = configFolder(env);
  return folder === undefined ? undefined : join(folder, 'accounts.json');
}
