import { AmlAuthError, toAmlAuthError } from '@aml-auth/core';
import * as z from 'zod';
import { parseWorkspaceId, parseWorkspaceRef, type WorkspaceRef } from '../resource-names.js';

const config = z.record(z.string(), z.unknown());

type Config = z.infer<typeof config>;

/** The id of a workspace, also with something in the workspace behind it. */
const WITHIN_WORKSPACE = /^((?:\/[^/]+){7}\/[^/]+)(?:\/.*)?$/s;

/**
 * The workspace that a config file names. `Scope` goes first, as in the Python SDKs; then `subscription_id`,
 * `resource_group` and `workspace_name`; then `scope`, which those do not read. Of several equal keys the last one
 * counts. Everything else in the file is left alone: it cannot name a cloud or an authority.
 *
 * @param path - of the file, for the error
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names the file and what is wrong in it
 */
export function parseWorkspaceConfig(text: string, path: string): WorkspaceRef {
  try {
    const read = config.safeParse(parseJson(text));
    if (!read.success) throw problem('it is not a JSON object');
    return workspaceOf(read.data);
  } catch (error) {
    const { message, remedy } = toAmlAuthError(error);
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: `The workspace configuration ${path} cannot be used: ${message}`,
      remedy,
    });
  }
}

function workspaceOf(file: Config): WorkspaceRef {
  // As Python sees it, where a Scope of "" or null counts as none.
  if (file['Scope']) return workspaceOfScope(file['Scope'], 'Scope');
  const names = [file['subscription_id'], file['resource_group'], file['workspace_name']];
  if (names.some((name) => name !== undefined) || !file['scope']) return workspaceOfKeys(file);
  return workspaceOfScope(file['scope'], 'scope');
}

function workspaceOfKeys(file: Config): WorkspaceRef {
  const keys = ['subscription_id', 'resource_group', 'workspace_name'] as const;
  const missing = keys.filter((key) => file[key] === undefined);
  if (missing.length > 0) {
    throw problem(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`);
  }
  const [subscriptionId, resourceGroup, workspaceName] = keys.map((key) => file[key]);
  // The parser takes anything and says what is no name.
  return parseWorkspaceRef({ subscriptionId, resourceGroup, workspaceName } as WorkspaceRef);
}

function workspaceOfScope(scope: unknown, key: string): WorkspaceRef {
  if (typeof scope !== 'string') throw problem(`${key} is not a text`);
  return parseWorkspaceId(WITHIN_WORKSPACE.exec(scope)?.[1] ?? scope);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw problem(text.trim() === '' ? 'it is empty' : 'it is not JSON in UTF-8');
  }
}

function problem(what: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${what}.`,
    remedy:
      'Download it from the workspace in Azure Machine Learning studio, or write it with workspace.writeConfig().',
  });
}
