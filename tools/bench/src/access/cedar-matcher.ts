import type { AccessRequest, AccessSnapshot, RoleDefinition } from '@aml-auth/permissions';
import {
  preparsePolicySet,
  statefulIsAuthorized,
  type EntityJson,
  type StatefulAuthorizationCall,
} from '@cedar-policy/cedar-wasm/nodejs';

/** A question made ready for Cedar: the entities that it concerns, and no others. */
export type CedarCall = StatefulAuthorizationCall;

const POLICIES = 'assignments';

/** The same assignments as Cedar policies, parsed in advance: a template for each role, a link for each assignment. */
export function prepareCedar(snapshot: AccessSnapshot): void {
  const used = new Set(snapshot.roleAssignments.map(({ roleDefinitionId }) => roleDefinitionId));
  const templates = snapshot.roleDefinitions
    .filter(({ id }) => used.has(id))
    .map((role) => [role.id, templateOf(role)]);
  const answer = preparsePolicySet(POLICIES, {
    templates: Object.fromEntries(templates) as Record<string, string>,
    templateLinks: snapshot.roleAssignments.map(({ id, principalId, scope, roleDefinitionId }) => ({
      templateId: roleDefinitionId,
      newId: id,
      values: { '?principal': holder(principalId), '?resource': place(scope) },
    })),
  });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
}

/** Whether Cedar allows it. */
export function cedarAllows(call: CedarCall): boolean {
  const answer = statefulIsAuthorized(call);
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
  return answer.response.decision === 'allow';
}

/** Makes a question ready; what this costs is not measured. */
export function cedarCall(
  snapshot: AccessSnapshot,
  { principalId, action, scope }: AccessRequest,
): CedarCall {
  return {
    principal: holder(principalId),
    action: { type: 'Action', id: 'control' },
    resource: place(scope),
    context: { operation: action.toLowerCase() },
    preparsedPolicySetId: POLICIES,
    entities: [...holders(principalId, snapshot), ...places(scope, snapshot)],
  };
}

function holders(principalId: string, { memberOf = {} }: AccessSnapshot): EntityJson[] {
  const ids = new Set([principalId]);
  for (const id of ids) for (const group of memberOf[id] ?? []) ids.add(group);
  return [...ids].map((id) => ({ uid: holder(id), attrs: {}, parents: (memberOf[id] ?? []).map(holder) }));
}

function places(scope: string, { parents = {} }: AccessSnapshot): EntityJson[] {
  const chain: string[] = [];
  for (let at = scope; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    chain.push(at);
    const group = parents[at];
    if (group !== undefined) return [...chain, group].map(withParent);
  }
  return chain.map(withParent);
}

function withParent(at: string, index: number, chain: readonly string[]): EntityJson {
  const parent = chain[index + 1];
  return { uid: place(at), attrs: {}, parents: parent === undefined ? [] : [place(parent)] };
}

function templateOf({ permissions }: RoleDefinition): string {
  const entries = permissions.map(({ actions, notActions }) => {
    const taken = notActions.length === 0 ? '' : ` && !(${anyOf(notActions)})`;
    return `((${anyOf(actions)})${taken})`;
  });
  return `permit(principal in ?principal, action, resource in ?resource) when { ${entries.join(' || ')} };`;
}

function anyOf(patterns: readonly string[]): string {
  return patterns.length === 0 ? 'false' : patterns.map(matches).join(' || ');
}

function matches(pattern: string): string {
  const text = pattern.trim().toLowerCase();
  if (!text.includes('*')) return `context.operation == ${JSON.stringify(text)}`;
  const like = `context.operation like ${JSON.stringify(text)}`;
  if (!text.includes('/*/')) return like;
  return `${like} || context.operation == ${JSON.stringify(text.replace('/*/', '/'))}`;
}

function holder(id: string): { readonly type: string; readonly id: string } {
  return { type: 'Principal', id };
}

function place(scope: string): { readonly type: string; readonly id: string } {
  return { type: 'Scope', id: scope.toLowerCase() };
}
