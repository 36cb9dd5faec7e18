import { AmlAuthError } from '@aml-auth/core';
import {
  builtInRoles,
  explainError,
  parseAccessError,
  type AccessErrorInput,
  type AccessSnapshot,
} from '@aml-auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assign, deny, resourceGroup, role, snapshot, workspace, writeJob } from '../fixtures/snapshot.js';

const failed = {
  code: 'AuthorizationFailed',
  message: `The client 'o'hara@contoso.com' with object id 'user' does not have authorization to perform action '${writeJob}' over scope '${workspace}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
};
const conditional = {
  code: 'AuthorizationFailed',
  message: failed.message.replace(
    'does not have authorization to',
    'does not have authorization or an ABAC condition not fulfilled to',
  ),
};
const assignIdentity = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
const identity = `${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const linked = {
  code: 'LinkedAuthorizationFailed',
  message: `The client 'app' with object id 'user' has permission to perform action 'Microsoft.MachineLearningServices/workspaces/computes/write' on scope '${workspace}/computes/c'; however, it does not have permission to perform action '${assignIdentity}' on the linked scope(s) '${identity}/one,${identity}/two' or the linked scope(s) are invalid.`,
};
const denied = {
  code: 'DenyAssignmentAuthorizationFailed',
  message: `The client 'app' with object id 'user' has permission to perform action '${writeJob}' on scope '${workspace}'; however, the access is denied because of the deny assignment with name 'Freeze' and Id 'abc' at scope '${workspace}'.`,
};
const kinds = (state?: AccessSnapshot, error = failed) =>
  explainError(error, { snapshot: state })!.fixes.map(({ kind }) => kind);

describe('parseAccessError', () => {
  it('takes principal, operation and scope from the message', () => {
    expect(parseAccessError(failed)).toEqual({
      kind: 'authorizationFailed',
      code: 'AuthorizationFailed',
      client: "o'hara@contoso.com",
      principalId: 'user',
      action: writeJob,
      scopes: [workspace],
    });
    expect(parseAccessError(conditional)!.kind).toBe('conditionNotMet');
    expect(parseAccessError(denied)).toMatchObject({ kind: 'denied', action: writeJob, scopes: [workspace] });
  });

  it('tells what is held from what is missing at linked scopes', () => {
    expect(parseAccessError(linked)).toMatchObject({
      kind: 'linkedAuthorizationFailed',
      action: assignIdentity,
      scopes: [`${identity}/one`, `${identity}/two`],
      held: {
        action: 'Microsoft.MachineLearningServices/workspaces/computes/write',
        scope: `${workspace}/computes/c`,
      },
    });
    const tight = linked.message.replace("linked scope(s) '", "linked scope(s)'");
    expect(parseAccessError({ ...linked, message: tight })!.scopes).toHaveLength(2);
  });

  it.each([
    ['the body of a reply', JSON.stringify({ error: failed })],
    ['code and message as JSON', JSON.stringify(failed)],
    ['a line of a program', `ERROR: (${failed.code}) ${failed.message}`],
    ['labelled lines', `(Other) text\nCode: ${failed.code}\nMessage: ${failed.message}`],
  ])('reads %s', (_what, text) => {
    expect(parseAccessError(text)).toEqual(parseAccessError(failed));
  });

  it('reads an error of this toolkit', () => {
    const error = new AmlAuthError({ code: 'AML_FORBIDDEN', armCode: failed.code, message: failed.message });
    expect(parseAccessError(error)).toEqual(parseAccessError(failed));
  });

  it('goes by the code, whatever the message says', () => {
    expect(parseAccessError({ ...failed, code: 'RoleAssignmentExists' })).toBeUndefined();
    expect(parseAccessError({ code: 'authorizationFAILED', message: failed.message })).toBeDefined();
    expect(parseAccessError({ ...failed, code: 'LinkedAuthorizationFailed' })).toBeUndefined();
    expect(parseAccessError({ ...linked, code: 'AuthorizationFailed' })!.kind).toBe('authorizationFailed');
    expect(parseAccessError({ ...failed, message: 'Forbidden.' })).toBeUndefined();
    expect(parseAccessError({})).toBeUndefined();
  });

  it.each([
    ['the principal', "object id 'user'", 'no object id'],
    ['the operation', `perform action '${writeJob}'`, 'do that'],
    ['the scope', `over scope '${workspace}'`, 'anywhere'],
  ])('answers nothing where %s is missing', (_, part, other) => {
    expect(failed.message).toContain(part);
    expect(parseAccessError({ ...failed, message: failed.message.replace(part, other) })).toBeUndefined();
  });

  it('needs no client', () => {
    const message = failed.message.replace("client 'o'hara@contoso.com'", 'principal');
    expect(parseAccessError({ ...failed, message })).toMatchObject({
      client: undefined,
      principalId: 'user',
    });
  });

  it('calls a denial so, whatever its text says about conditions', () => {
    const message = `${denied.message} An ABAC condition was met.`;
    expect(parseAccessError({ ...denied, message })!.kind).toBe('denied');
  });

  it('takes linked scopes from any list, if there are any', () => {
    const linkedTo = (list: string) =>
      parseAccessError({
        ...linked,
        message: linked.message.replace(`${identity}/one,${identity}/two`, list),
      });
    expect(linkedTo('/a, /b ,, ')!.scopes).toEqual(['/a', '/b']);
    expect(linkedTo(' ')).toBeUndefined();
    expect(linkedTo('')).toBeUndefined();
  });

  it('reads a message up to 20,000 characters, and the beginning of a longer text', () => {
    const padded = (length: number) => ({ ...failed, message: failed.message.padEnd(length) });
    expect(parseAccessError(padded(20_000))).toEqual(parseAccessError(failed));
    expect(parseAccessError(padded(20_001))).toBeUndefined();
    const long = `(${failed.code}) ${failed.message}${'.'.repeat(20_000)}`;
    expect(parseAccessError(long)).toEqual(parseAccessError(failed));
  });

  it.each([
    ['a reply after the words of a program', `Status 403: ${JSON.stringify({ error: failed })}`],
    ['a line with braces that are no JSON', `(${failed.code}) ${failed.message} See {docs}.`],
    ['lines with blanks around', `\n  (${failed.code}) ${failed.message}\n`],
  ])('reads %s', (_, text) => {
    expect(parseAccessError(text)).toEqual(parseAccessError(failed));
  });

  it.each([
    { code: 403, message: failed.message },
    { code: failed.code, message: null },
    { code: failed.code },
    { error: { message: failed.message } },
  ])('takes JSON without code and message for another error: %j', (body) => {
    expect(parseAccessError(JSON.stringify(body))).toBeUndefined();
  });

  it.each([
    null,
    undefined,
    403,
    { code: 403, message: failed.message },
    { ...failed, message: 1 },
    { error: 'no' },
  ])('takes what was thrown by others for another error: %j', (thrown) => {
    expect(parseAccessError(thrown as AccessErrorInput)).toBeUndefined();
  });

  it('goes by the code beside one of Azure that is no text', () => {
    expect(parseAccessError({ ...failed, armCode: null } as unknown as AccessErrorInput)).toEqual(
      parseAccessError(failed),
    );
  });

  it('survives any text', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      'AuthorizationFailed',
      ' ',
      "'",
      '{',
      '"code"',
      'object id ',
      'Code: ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(parseAccessError(text)?.scopes.length).not.toBe(0);
        },
      ),
    );
  });

  it('finds the parts that any message was made of', () => {
    const part = fc.stringMatching(/^[\w/.@-]{1,30}$/);
    fc.assert(
      fc.property(part, part, part, part, (client, principalId, action, scope) => {
        const message = `The client '${client}' with object id '${principalId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid.`;
        expect(parseAccessError({ code: 'AuthorizationFailed', message })).toMatchObject({
          client,
          principalId,
          action,
          scopes: [scope],
        });
      }),
    );
  });
});

describe('explainError', () => {
  it('proposes the narrowest built-in roles where nothing else is known', () => {
    const { fixes, lines } = explainError(failed)!;
    expect(fixes.map((fix) => (fix.kind === 'assignRole' ? fix.proposal.role.roleName : fix.kind))).toEqual([
      'AzureML Data Scientist',
      'Azure AI Developer',
      'Azure AI Administrator',
      'refreshCredentials',
      'checkScope',
    ]);
    expect(lines[0]).toContain(writeJob);
    expect(lines[1]).toBe(
      `Assign "AzureML Data Scientist" (f6c7c914-8db3-469d-8ca1-694a8f32e121) to user at ${workspace}.`,
    );
  });

  it('puts a new sign-in first where the snapshot allows it', () => {
    const writer = role('Writer', { actions: [writeJob] });
    expect(kinds(snapshot([writer], [assign(writer)]))).toEqual(['refreshCredentials', 'checkScope']);
  });

  it('puts activation before a new assignment', () => {
    const writer = role('Writer', { actions: [writeJob] });
    const state = snapshot([writer, ...builtInRoles], [], { eligibleAssignments: [assign(writer)] });
    expect(kinds(state).slice(0, 2)).toEqual(['activate', 'assignRole']);
    expect(explainError(failed, { snapshot: state })!.lines).toContain(
      `Activate the eligible role "Writer" at ${workspace} in Privileged Identity Management.`,
    );
  });

  it('names the condition that is in the way, or says that there is one', () => {
    const writer = role('Writer', { actions: [writeJob] });
    const condition = "@Resource[tags:stage] StringEquals 'dev'";
    const state = snapshot([writer], [assign(writer, { condition })]);
    const { fixes, lines } = explainError(conditional, { snapshot: state })!;
    expect(fixes[0]).toMatchObject({ kind: 'meetCondition', nearMiss: { residual: condition } });
    expect(lines).toContain(
      `Meet the condition of the assignment of "Writer" at ${workspace}: ${condition}.`,
    );
    expect(explainError(conditional)!.fixes[0]).toMatchObject({ kind: 'meetCondition', nearMiss: undefined });
  });

  it('remembers that a delegate has to send the type of the principal', () => {
    const action = 'Microsoft.Authorization/roleAssignments/write';
    const message = conditional.message.replace(writeJob, action);
    expect(explainError({ ...conditional, message })!.lines.join(' ')).toContain('principalType');
    expect(explainError(conditional)!.lines.join(' ')).not.toContain('principalType');
  });

  it('answers for every linked scope', () => {
    const state = snapshot(builtInRoles, []);
    const { decisions, fixes } = explainError(linked, { snapshot: state })!;
    expect(decisions.map(({ request }) => request.scope)).toEqual([`${identity}/one`, `${identity}/two`]);
    expect(fixes[0]).toMatchObject({
      kind: 'assignRole',
      proposal: { role: { roleName: 'Managed Identity Operator' }, scope: `${identity}/one` },
    });
  });

  it('does not propose roles against a deny assignment', () => {
    expect(kinds(undefined, denied)).toEqual(['exemptFromDenial', 'refreshCredentials', 'checkScope']);
    const state = snapshot(builtInRoles, [], { denyAssignments: [deny()] });
    expect(kinds(state)).toEqual(['exemptFromDenial', 'refreshCredentials', 'checkScope']);
    expect(explainError(failed, { snapshot: state })!.lines).toContain(
      `Have user excluded from the deny assignment "Freeze" at ${workspace}; no role gets past it.`,
    );
  });

  it('has only the spelling to doubt for a scope that is none', () => {
    const message = failed.message.replace(workspace, 'nowhere');
    expect(kinds(undefined, { ...failed, message })).toEqual(['refreshCredentials', 'checkScope']);
  });

  const signIn =
    'Sign in again, so that the token is new: access that was granted a short while ago takes effect within minutes, in Azure Machine Learning within an hour.';
  const check = (scope: string) =>
    `Make sure that ${scope} exists and is spelled so: the same error answers for what does not exist.`;

  it.each([
    [
      'a missing role',
      failed,
      [`AuthorizationFailed: no role grants user the operation ${writeJob} at ${workspace}.`],
    ],
    [
      'a condition',
      conditional,
      [
        `AuthorizationFailed: no role grants user the operation ${writeJob} at ${workspace}, or a condition of one is not met.`,
        'Meet the condition of the role assignment that would grant it.',
      ],
    ],
    [
      'a deny assignment',
      denied,
      [
        `DenyAssignmentAuthorizationFailed: a deny assignment keeps user from ${writeJob} at ${workspace}.`,
        'Have user excluded from the deny assignment; no role gets past it.',
      ],
    ],
  ])('says in sentences what the error alone shows: %s', (_, error, expected) => {
    expect(explainError(error, { maxRoles: 0 })!.lines).toEqual([...expected, signIn, check(workspace)]);
  });

  it('says once what holds for every linked scope', () => {
    expect(explainError(linked, { maxRoles: 0 })!.lines).toEqual([
      `LinkedAuthorizationFailed: Microsoft.MachineLearningServices/workspaces/computes/write is granted, but it refers to ${identity}/one, ${identity}/two, where user lacks ${assignIdentity}.`,
      signIn,
      check(`${identity}/one`),
      check(`${identity}/two`),
    ]);
  });

  it('looks at no condition and no other role where the snapshot allows it', () => {
    const writer = role('Writer', { actions: [writeJob] });
    const state = snapshot([writer], [assign(writer), assign(writer, { condition: 'x' })]);
    expect(kinds(state, conditional)).toEqual(['refreshCredentials', 'checkScope']);
  });

  it('names a condition that is not fulfilled once, and no role that misses for another reason', () => {
    const writer = role('Writer', { actions: [writeJob] });
    const other = role('Other', { actions: ['*/read'] });
    const unmet = assign(writer, { condition: 'true BoolEquals false' });
    const { fixes, lines } = explainError(conditional, {
      snapshot: snapshot([writer, other], [unmet, assign(other)]),
      maxRoles: 0,
    })!;
    expect(fixes.map(({ kind }) => kind)).toEqual(['meetCondition', 'refreshCredentials', 'checkScope']);
    expect(lines).toContain(`Meet the condition of the assignment of "Writer" at ${workspace}.`);
  });

  it('asks for one exemption from a deny assignment that the snapshot has', () => {
    const state = snapshot([], [], { denyAssignments: [deny()] });
    expect(kinds(state, denied)).toEqual(['exemptFromDenial', 'refreshCredentials', 'checkScope']);
  });

  it('warns of a role that leads to every other', () => {
    const message = failed.message.replace(writeJob, 'Microsoft.Authorization/roleAssignments/write');
    const { lines } = explainError({ ...failed, message }, { maxRoles: 1 })!;
    expect(lines[1]).toMatch(
      /^Assign ".+" \(.+\) to user at .+\. It may assign roles itself, which leads to every other permission\.$/,
    );
    expect(explainError(failed)!.lines.join(' ')).not.toContain('It may assign roles itself');
  });

  it('says nothing about other errors', () => {
    expect(explainError({ code: 'ResourceNotFound', message: failed.message })).toBeUndefined();
  });
});
