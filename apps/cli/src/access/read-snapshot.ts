import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError, defaultScope, identityOfToken, parseGuid } from '@aml-auth/core';
import { builtInRoles, parseScope, type AccessSnapshot } from '@aml-auth/permissions';
import { readAccessSnapshot } from '@aml-auth/rbac';
import { createArmClient } from '@aml-auth/rest';
import type { CliContext } from '../context.js';
import { signIn, type SignIn } from '../settings/sign-in.js';
import { required } from '../settings/workspace-flags.js';
import { workspaceScope } from '../settings/workspace-scope.js';
import type { AccessFlags, PrincipalFlag } from './access-flags.js';

/** What a question about access is answered from. */
export interface AccessView {
  readonly snapshot: AccessSnapshot;
  readonly scope: string;
  /** What could not be read: an "allowed" may then be more than Azure would allow. */
  readonly unreadable: readonly string[];
}

/** The access of all at the scope, read from Azure or from a file. */
export async function accessOfAll(context: CliContext, flags: AccessFlags): Promise<AccessView> {
  if (flags.snapshot !== undefined) return fromFile(context, flags, flags.snapshot);
  const known = await signIn(context, flags);
  return fromAzure(context, flags, known, undefined);
}

/** The access of one principal at the scope: the one that is named, or who is signed in. */
export async function accessOfOne(
  context: CliContext,
  flags: AccessFlags & PrincipalFlag,
): Promise<AccessView & { readonly principalId: string }> {
  const named = flags.principal === undefined ? undefined : parseGuid(flags.principal, '--principal');
  if (flags.snapshot !== undefined) {
    const principalId = required(
      named,
      'principal',
      'Give it with --principal: a file does not say who you are.',
    );
    return { ...(await fromFile(context, flags, flags.snapshot)), principalId };
  }
  const known = await signIn(context, flags);
  const principalId = named ?? (await ownObjectId(context, known));
  return { ...(await fromAzure(context, flags, known, principalId)), principalId };
}

async function fromAzure(
  context: CliContext,
  flags: AccessFlags,
  known: SignIn,
  principalId: string | undefined,
): Promise<AccessView> {
  const scope =
    flags.scope === undefined ? workspaceScope(flags, flags.workspace, known) : checkedScope(flags.scope);
  const { credential, cloud } = known;
  const arm = createArmClient({ credential, cloud });
  const { unreadable, ...snapshot } = await readAccessSnapshot(arm, {
    scope,
    principalId,
    signal: context.signal,
  });
  const missing = unreadable.map(({ part }) => part);
  if (missing.length > 0) {
    const { stderr } = context.process;
    stderr.write(`${context.messages.say.unreadable(missing.join(', '))}\n`);
  }
  return { snapshot, scope, unreadable: missing };
}

async function ownObjectId(context: CliContext, { credential, cloud }: SignIn): Promise<string> {
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, { abortSignal: context.signal });
  return required(
    identityOfToken(token)?.objectId,
    'principal',
    'Give it with --principal: the token names nobody.',
  );
}

async function fromFile(context: CliContext, flags: AccessFlags, file: string): Promise<AccessView> {
  const path = resolve(context.cwd, file);
  const content = await readJson(path);
  const scope = checkedScope(required(flags.scope, 'scope', 'Give it with --scope.'));
  const { roleDefinitions = [], roleAssignments = [] } = content;
  const optional = ['denyAssignments', 'eligibleAssignments', 'classicAdministrators'] as const;
  const lists = [roleDefinitions, roleAssignments, ...optional.map((name) => content[name] ?? [])];
  if (!lists.every((list) => Array.isArray(list))) {
    throw invalid(`${path} is no snapshot: its parts are not lists.`);
  }
  // Definitions of the tenant count more than those that are built in here.
  const snapshot = {
    ...content,
    roleDefinitions: [...builtInRoles, ...(roleDefinitions as never[])],
    roleAssignments,
  };
  return { snapshot: snapshot as unknown as AccessSnapshot, scope, unreadable: [] };
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw invalid(code === undefined ? `${path} is not JSON.` : `${path} cannot be read (${code}).`);
  }
  throw invalid(`${path} is no JSON object.`);
}

/** @throws {AmlAuthError} `AML_CONFIG_INVALID` for what is no resource id */
function checkedScope(scope: string): string {
  return parseScope(scope).id;
}

function invalid(message: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message,
    remedy: 'Give a JSON object with roleAssignments, and roleDefinitions where there are custom ones.',
  });
}
