import type { PermissionEntry } from '../types.js';
import type { LintedRole } from './lint-role.js';

/** What the text of a role file holds. */
export interface RoleJson {
  /** Undefined where the text is no role at all. */
  readonly role: LintedRole | undefined;
  /** What is wrong with the text as JSON; undefined for one that is well-formed. */
  readonly jsonProblem?: string;
  /** What keeps it from being a role, or what was left out of it, each a sentence. */
  readonly problems: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A text, or a comma that only whitespace parts from a closing bracket. */
const TEXT_OR_TRAILING_COMMA = /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g;
const LISTS = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;

/**
 * Reads the JSON of a custom role in any form that Azure's tools have: flat, with one permission entry, as `az
 * role definition create` and Azure PowerShell take it; flat with `permissions`, as the Azure CLI prints it; and
 * with `properties`, as Azure Resource Manager has it. The case of the first letter of a name does not count.
 * Trailing commas are reported, and read over. Never throws.
 */
export function readRoleJson(text: string): RoleJson {
  const strict = parse(text);
  const read = strict.ok ? strict : parse(withoutTrailingCommas(text));
  const jsonProblem = strict.ok ? {} : { jsonProblem: strict.problem };
  if (!read.ok) return { role: undefined, ...jsonProblem, problems: [] };
  const problems: string[] = [];
  const role = roleOf(read.value, problems);
  return { role, ...jsonProblem, problems };
}

function withoutTrailingCommas(text: string): string {
  return text.replace(TEXT_OR_TRAILING_COMMA, (found) => (found === ',' ? '' : found));
}

function parse(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    return { ok: false, problem: problem.replaceAll(/\s+/g, ' ') };
  }
}

function roleOf(value: unknown, problems: string[]): LintedRole | undefined {
  const outer = fieldsOf(value);
  if (outer === undefined) {
    problems.push('It is no JSON object.');
    return undefined;
  }
  const fields = fieldsOf(outer.properties) ?? outer;
  const name = fields.roleName ?? fields.name;
  if (typeof name !== 'string' || name === '') problems.push('It has no name.');
  const description = fields.description;
  return {
    roleName: typeof name === 'string' ? name : '',
    roleType: 'CustomRole',
    ...(typeof description === 'string' ? { description } : {}),
    permissions: permissionsOf(fields, problems),
    assignableScopes: textsOf(fields, 'assignableScopes', problems),
  };
}

function permissionsOf(fields: Fields, problems: string[]): readonly PermissionEntry[] {
  const { permissions } = fields;
  if (permissions === undefined || permissions === null) return [entryOf(fields, problems)];
  if (!Array.isArray(permissions)) {
    problems.push('"permissions" is no list.');
    return [];
  }
  return permissions.flatMap((one: unknown) => {
    const entry = fieldsOf(one);
    if (entry !== undefined) return [entryOf(entry, problems)];
    problems.push('An entry of "permissions" is no JSON object.');
    return [];
  });
}

function entryOf(fields: Fields, problems: string[]): PermissionEntry {
  const [actions = [], notActions = [], dataActions = [], notDataActions = []] = LISTS.map((name) =>
    textsOf(fields, name, problems),
  );
  const { condition, conditionVersion } = fields;
  return {
    actions,
    notActions,
    dataActions,
    notDataActions,
    ...(typeof condition === 'string' ? { condition } : {}),
    ...(typeof conditionVersion === 'string' ? { conditionVersion } : {}),
  };
}

function textsOf(fields: Fields, name: string, problems: string[]): readonly string[] {
  const value = fields[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push(`"${name}" is no list.`);
    return [];
  }
  const texts = value.filter((one): one is string => typeof one === 'string');
  if (texts.length < value.length) problems.push(`"${name}" has something that is no text.`);
  return texts;
}

/** The fields of an object by their names with a small first letter. */
function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name.charAt(0).toLowerCase() + name.slice(1), field]),
  );
}
