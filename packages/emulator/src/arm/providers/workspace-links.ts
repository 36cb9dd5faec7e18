import { asText } from '../../core/json.js';
import type { Workspace } from '../../core/resource-rows.js';
import type { Store } from '../../core/store.js';
import type { ArmContext } from '../arm-context.js';
import { requireLinked } from '../require-linked.js';
import { workspaceInvalid } from './workspace-invalid.js';

/** A property of a workspace that names another resource, and the type of the latter. */
const LINKS: Readonly<Record<string, string>> = {
  storageAccount: 'Microsoft.Storage/storageAccounts',
  keyVault: 'Microsoft.KeyVault/vaults',
  applicationInsights: 'Microsoft.Insights/components',
  containerRegistry: 'Microsoft.ContainerRegistry/registries',
};

/** What a new workspace must name, by its kind. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['project', ['hubResourceId']],
  ['hub', ['storageAccount', 'keyVault']],
]);
const NEEDED_BY_OTHERS: readonly string[] = ['storageAccount', 'keyVault', 'applicationInsights'];

/**
 * Checks what a workspace refers to: that a new one names what it needs, that the caller may use it, and
 * that it is there.
 *
 * @param given - `properties` of the body
 * @throws a refusal: 400 `ValidationError` or `LinkedInvalidPropertyId`, 403 `LinkedAuthorizationFailed`
 */
export function checkWorkspaceLinks(
  context: ArmContext,
  kind: string,
  given: Readonly<Record<string, unknown>>,
  existing: Workspace | undefined,
): void {
  const { store } = context.call.world;
  const named = Object.entries(LINKS).flatMap(([property, type]) => {
    const id = asText(given[property]);
    return id === undefined ? [] : [{ property, type, id, path: `properties.${property}` }];
  });
  for (const link of named) requireLinked(context, `${link.type}/write`, [link]);

  const needed = NEEDED.get(kind.toLowerCase()) ?? NEEDED_BY_OTHERS;
  if (existing === undefined && needed.some((property) => asText(given[property]) === undefined)) {
    throw workspaceInvalid('Missing dependent resources in workspace json');
  }
  const missing = named.find(({ id, type }) => !isOf(store, id, type));
  if (missing !== undefined) {
    throw workspaceInvalid(`The resource '${missing.id}' of '${missing.property}' could not be found.`);
  }
  const hub = asText(given['hubResourceId']);
  if (hub !== undefined && store.get('workspaces', hub)?.kind.toLowerCase() !== 'hub') {
    throw workspaceInvalid(`The hub '${hub}' of 'hubResourceId' could not be found.`);
  }
}

/** What a workspace refers to; a PUT that says nothing of it leaves it as it is. */
export function linksOf(existing: Workspace | undefined): Readonly<Record<string, unknown>> {
  const names = [...Object.keys(LINKS), 'hubResourceId'];
  return Object.fromEntries(
    Object.entries(existing?.properties ?? {}).filter(([property]) => names.includes(property)),
  );
}

function isOf(store: Store, id: string, type: string): boolean {
  return store.get('genericResources', id)?.type === type;
}
