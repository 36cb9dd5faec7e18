import * as z from 'zod';
import { optional } from '../optional.js';
import { parseLeniently, type OnDrift } from '../parse-leniently.js';
import type { ResourceIdentity, Workspace } from './workspace.js';

const text = optional(z.string());
const flag = optional(z.boolean());

/** In the spelling of ARM: documentation and older clients write `systemAssigned`, with blanks too. */
const identityType = z.string().transform((type) => {
  const parts = type.split(',').map((part) => part.trim());
  return parts.map((part) => IDENTITY_TYPES[part.toLowerCase()] ?? part).join(',');
});

const IDENTITY_TYPES: Readonly<Record<string, string>> = {
  systemassigned: 'SystemAssigned',
  userassigned: 'UserAssigned',
  none: 'None',
};

/** The identity of any resource. */
export const resourceIdentity: z.ZodType<ResourceIdentity> = z.looseObject({
  type: identityType,
  principalId: text,
  tenantId: text,
  userAssignedIdentities: optional(
    z.record(z.string(), z.looseObject({ principalId: text, clientId: text }).nullish()),
  ),
});

const properties = z.looseObject({
  workspaceId: text,
  friendlyName: text,
  description: text,
  discoveryUrl: text,
  mlFlowTrackingUri: text,
  provisioningState: text,
  publicNetworkAccess: text,
  storageAccount: text,
  keyVault: text,
  applicationInsights: text,
  containerRegistry: text,
  primaryUserAssignedIdentity: text,
  systemDatastoresAuthMode: text,
  hubResourceId: text,
  hbiWorkspace: flag,
  enableDataIsolation: flag,
  v1LegacyMode: flag,
  tenantId: text,
});

/** A workspace in the shape of ARM. */
export const workspaceSchema: z.ZodType<Workspace> = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  type: text,
  location: text,
  kind: text,
  tags: optional(z.record(z.string(), z.string())),
  sku: optional(z.looseObject({ name: text, tier: text })),
  identity: optional(resourceIdentity),
  properties: properties.nullish().transform((held) => held ?? {}),
});

/**
 * A workspace from what ARM answered. Unknown fields are kept, `null` counts as absent, and the
 * spelling of the identity type is made one; a field of another type than documented is left out
 * and told to `onDrift`.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` where the id or the name is missing
 */
export function parseWorkspace(input: unknown, onDrift?: OnDrift): Workspace {
  return parseLeniently(workspaceSchema, input, 'workspace', onDrift);
}
