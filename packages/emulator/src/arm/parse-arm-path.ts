import { armRefusal } from './arm-refusal.js';

/** A path of Azure Resource Manager, read by its grammar. */
export interface ArmPath {
  /** The full id; names in the caller's spelling. */
  readonly id: string;
  /** What the resource or list lies in or extends: a resource id, or `/`. */
  readonly scope: string;
  /** The resource type, such as `Microsoft.MachineLearningServices/workspaces`. */
  readonly type: string;
  /** The names from the outermost resource of the type to the innermost. */
  readonly names: readonly string[];
  /** Whether the path ends in a type: a list (GET), or an action (POST). */
  readonly isCollection: boolean;
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
}

type Target = Pick<ArmPath, 'scope' | 'type' | 'names' | 'isCollection'>;

/**
 * Reads `[/subscriptions/{id}[/resourceGroups/{name}]][/providers/{namespace}/{type}/{name}…]…`, and the
 * few words that stand in place of a provider, such as `/subscriptions/{id}/resources`.
 * Keywords match in any case and come out in Azure's spelling.
 *
 * @throws a refusal: 404 `NotFound` for a path outside the grammar
 */
export function parseArmPath(given: readonly string[]): ArmPath {
  const segments = [...given];
  let target: Target | undefined;
  let index = 0;
  if (takeKeyword(segments, 0, 'subscriptions')) {
    target = container('Microsoft.Resources/subscriptions', '/', segments[1]);
    index = 2;
    if (takeKeyword(segments, 2, 'resourceGroups')) {
      target = container(
        'Microsoft.Resources/subscriptions/resourceGroups',
        idUpTo(segments, 2),
        segments[3],
      );
      index = 4;
    }
  }
  const child = takeChild(segments, index);
  if (child !== undefined) {
    target = container(child, index === 0 ? '/' : idUpTo(segments, index), segments[index + 1]);
    index += 2;
  }
  while (index < segments.length) {
    if (target?.isCollection === true || !takeKeyword(segments, index, 'providers')) throw notFound(given);
    const end = endOfProvider(segments, index);
    target = provider(segments, index, end);
    index = end;
  }
  if (target === undefined || target.type.split('/').length < 2) throw notFound(given);
  return {
    ...target,
    id: idUpTo(segments, segments.length),
    subscriptionId: segments[0] === 'subscriptions' ? segments[1] : undefined,
    resourceGroup: segments[2] === 'resourceGroups' ? segments[3] : undefined,
  };
}

/** What lies in tenants, subscriptions and resource groups without `providers/{namespace}` before it. */
const CHILDREN: readonly (readonly [index: number, keyword: string, type: string])[] = [
  [0, 'tenants', 'Microsoft.Resources/tenants'],
  [2, 'locations', 'Microsoft.Resources/subscriptions/locations'],
  [2, 'operationresults', 'Microsoft.Resources/subscriptions/operationresults'],
  [2, 'resources', 'Microsoft.Resources/subscriptions/resources'],
  [4, 'resources', 'Microsoft.Resources/subscriptions/resourceGroups/resources'],
];

/** The type of a {@link CHILDREN} that stands there. */
function takeChild(segments: string[], index: number): string | undefined {
  const child = CHILDREN.find(([at, keyword]) => at === index && takeKeyword(segments, index, keyword));
  if (child !== undefined) return child[2];
  // A namespace with nothing behind it is the resource provider itself.
  const isProvider = index <= 2 && segments.length <= index + 2 && takeKeyword(segments, index, 'providers');
  if (!isProvider) return undefined;
  return `Microsoft.Resources/${index === 0 ? '' : 'subscriptions/'}providers`;
}

/** Whether the keyword stands there; if so, in Azure's spelling from now on. */
function takeKeyword(segments: string[], index: number, keyword: string): boolean {
  if (segments[index]?.toLowerCase() !== keyword.toLowerCase()) return false;
  segments[index] = keyword;
  return true;
}

function container(type: string, scope: string, name: string | undefined): Target {
  return { type, scope, names: name === undefined ? [] : [name], isCollection: name === undefined };
}

/** Where the next `providers` stands in place of a type, or the path ends. */
function endOfProvider(segments: string[], start: number): number {
  let end = start + 2;
  while (end < segments.length && !takeKeyword(segments, end, 'providers')) end += 2;
  return Math.min(end, segments.length);
}

function provider(segments: readonly string[], start: number, end: number): Target {
  const pairs = segments.slice(start + 2, end);
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  const isCollection = types.length > names.length;
  return {
    type: [segments[start + 1] ?? '', ...types].join('/'),
    names,
    isCollection,
    // A list of children lies in the resource around them.
    scope: idUpTo(segments, isCollection && names.length > 0 ? end - 1 : start),
  };
}

function idUpTo(segments: readonly string[], end: number): string {
  return `/${segments.slice(0, end).join('/')}`;
}

function notFound(segments: readonly string[]): Error {
  return armRefusal(404, 'NotFound', `There is no resource at the path '/${segments.join('/')}'.`);
}
