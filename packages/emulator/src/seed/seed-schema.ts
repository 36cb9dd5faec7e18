import { isGuid } from '@aml-auth/core';
import * as z from 'zod';

import { DIRECTORY_ROLES } from '../core/directory-roles.js';
import { readCertificate, readRsaJwk } from '../core/read-rsa-key.js';
import { GRAPH_PERMISSIONS } from '../graph/graph-permissions.js';
import { isAddressRange } from '../core/address-ranges.js';
import { isRedirectUri } from '../core/redirect-uri.js';
import { clockSchema } from './clock-schema.js';
import {
  classicAdministratorSchema,
  denyAssignmentSchema,
  managementGroupSchema,
  roleAssignmentSchema,
  roleDefinitionSchema,
} from './access-schema.js';
import type { EmulatorSeed } from './emulator-seed.js';
import { GENERATE } from './generate-certificates.js';
import { operationsSchema } from './operations-schema.js';
import { throttlingSchema } from './throttling-schema.js';
import { nameSchema as name } from './name-schema.js';
import { policySchema } from './policy-schema.js';
import { datastoreSchema, endpointSchema, jobSchema } from './workspace-seed-schema.js';

const guid = z
  .string()
  .refine(isGuid, 'not a GUID')
  .transform((value) => value.toLowerCase());
const tags = z.record(z.string(), z.string());
const domain = z.string().regex(/^[a-z\d-]+(\.[a-z\d-]+)+$/i, 'not a domain name');

const redirectUri = z
  .string()
  .refine(isRedirectUri, 'not an absolute URI to send users to, without a fragment');

const user = z.strictObject({
  upn: z.string().regex(/^[^\s@/]+@[a-z\d.-]+$/i, 'not a user principal name such as alice@contoso'),
  name: name.optional(),
  password: z.string().min(1).max(256).optional(),
  mfa: z.enum(['registered', 'none']).optional(),
  state: z.enum(['active', 'disabled', 'locked', 'password-expired', 'must-change-password']).optional(),
  roles: z.array(z.enum([...DIRECTORY_ROLES.keys()])).optional(),
  id: guid.optional(),
});

const group = z.strictObject({
  name,
  id: guid.optional(),
  members: z.array(z.string()).optional(),
});

const expires = z
  .string()
  .refine((value) => /^[+-]\d{1,6}[dhms]$/.test(value) || !Number.isNaN(Date.parse(value)), {
    message: 'neither a span such as +90d nor an ISO 8601 time',
  })
  .optional();

const secret = z.strictObject({ value: z.string().min(1), name: name.optional(), expires });

const pem = z.string().refine((value) => value === GENERATE || readCertificate(value) !== undefined, {
  message: 'neither a PEM certificate with an RSA key of 2,048 bits or more nor "generate"',
});

const issuerUrl = z.string().refine((value) => URL.parse(value)?.protocol === 'https:', 'not an https URL');

const federated = z.strictObject({
  issuer: issuerUrl,
  subject: z.string().min(1).max(600),
  audience: z.string().min(1).max(600).optional(),
  name: name.optional(),
});

const issuer = z.strictObject({
  issuer: issuerUrl,
  keys: z.looseObject({
    keys: z
      .array(z.record(z.string(), z.unknown()))
      .refine(
        (keys) => keys.every((key) => !('d' in key || 'k' in key)),
        'a private key does not belong here',
      )
      .refine((keys) => keys.some((key) => readRsaJwk(key) !== undefined), {
        message: 'there is no RSA public key of 2,048 bits or more',
      }),
  }),
});

const graphPermission = z.enum([...GRAPH_PERMISSIONS].sort());

const app = z.strictObject({
  name,
  clientId: guid.optional(),
  objectId: guid.optional(),
  servicePrincipalId: guid.optional(),
  secrets: z.array(secret).optional(),
  certificates: z.array(z.union([pem, z.strictObject({ pem, name: name.optional(), expires })])).optional(),
  federated: z.array(federated).optional(),
  public: z.boolean().optional(),
  redirectUris: z.array(redirectUri).optional(),
  spaRedirectUris: z.array(redirectUri).optional(),
  multiTenant: z.boolean().optional(),
  assignedTo: z.array(z.string()).optional(),
  graphPermissions: z.array(graphPermission).optional(),
  owners: z.array(z.string()).optional(),
  tokenVersion: z.union([z.literal(1), z.literal(2)]).optional(),
  tokenLifetime: z.int().min(60).max(86_400).optional(),
});

const namedLocation = z.strictObject({
  name,
  id: guid.optional(),
  ranges: z.array(z.string().refine(isAddressRange, 'not a range such as 203.0.113.0/24')).min(1),
  trusted: z.boolean().optional(),
});

const stepUp = z.strictObject({
  service: z.enum(['arm', 'graph']),
  context: z.string().regex(/^(?:c[1-9]\d?|p1)$/, 'not an authentication context c1 to c99, or p1'),
  operations: z.array(z.string().min(1)).min(1).optional(),
});

const tenant = z.strictObject({
  name: z.string().regex(/^[a-z\d-]+$/i, 'a tenant name has letters, digits and dashes only'),
  id: guid.optional(),
  domains: z.array(domain).optional(),
  users: z.array(user).optional(),
  groups: z.array(group).optional(),
  apps: z.array(app).optional(),
  namedLocations: z.array(namedLocation).optional(),
  stepUp: z.array(stepUp).optional(),
  conditionalAccess: z.array(policySchema).optional(),
  customRoleLimit: z.int().min(1).max(5_000).optional(),
});

const identity = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z\d][\w-]{2,127}$/i, 'an identity name has 3 to 128 letters, digits, - and _')
    .refine((value) => value !== 'system' && value !== 'none', 'an identity cannot have this name'),
  location: name.optional(),
});

const isMissing = (value: unknown): boolean => value === undefined;

const compute = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z\d-]{2,23}$/i, 'a compute name has 3 to 24 letters, digits and -'),
    kind: z.enum(['AmlCompute', 'ComputeInstance']).optional(),
    identity: name.optional(),
    user: z.string().optional(),
    sso: z.boolean().optional(),
    state: z.enum(['running', 'stopped']).optional(),
  })
  .refine(({ kind, user, sso, state }) => kind === 'ComputeInstance' || [user, sso, state].every(isMissing), {
    message: 'user, sso and state are for a ComputeInstance only',
  });

const host = z
  .strictObject({
    kind: z.enum([
      'vm',
      'app-service',
      'aml-compute',
      'aml-online-endpoint',
      'cloud-shell',
      'arc',
      'service-fabric',
    ]),
    as: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    name: z
      .string()
      .regex(/^[a-z\d][\w-]{0,62}$/i, 'a host name has up to 63 letters, digits, - and _')
      .optional(),
    scope: z.string().optional(),
    onBehalfOf: z.string().optional(),
    keyDir: z.enum(['auto', 'agent']).optional(),
  })
  .refine(({ kind, onBehalfOf }) => onBehalfOf === undefined || kind === 'aml-compute', {
    message: 'onBehalfOf is for aml-compute only',
  })
  .refine(({ kind, keyDir }) => keyDir === undefined || kind === 'arc', {
    message: 'keyDir is for arc only',
  });

const workspace = z.strictObject({
  name: z.string().regex(/^[a-z\d][\w-]{2,32}$/i, 'a workspace name has 3 to 33 letters, digits, - and _'),
  location: name.optional(),
  kind: name.optional(),
  identity: z.enum(['system', 'none']).optional(),
  tags: tags.optional(),
  computes: z.array(compute).optional(),
  datastores: z.array(datastoreSchema).optional(),
  endpoints: z.array(endpointSchema).optional(),
  jobs: z.array(jobSchema).optional(),
});

const resource = z.strictObject({
  type: z.enum([
    'Microsoft.Storage/storageAccounts',
    'Microsoft.KeyVault/vaults',
    'Microsoft.Insights/components',
    'Microsoft.ContainerRegistry/registries',
    'Microsoft.MachineLearningServices/registries',
  ]),
  name,
  location: name.optional(),
  tags: tags.optional(),
});

const resourceGroup = z.strictObject({
  name,
  location: name.optional(),
  tags: tags.optional(),
  identities: z.array(identity).optional(),
  resources: z.array(resource).optional(),
  workspaces: z.array(workspace).optional(),
});

const subscription = z.strictObject({
  name,
  id: guid.optional(),
  tenant: z.string().optional(),
  classicAdministrators: z.array(classicAdministratorSchema).optional(),
  roleAssignmentLimit: z.int().min(1).max(4_000).optional(),
  unregistered: z.array(z.string().min(1)).optional(),
  resourceGroups: z.array(resourceGroup).optional(),
});

/** The form of a seed. */
export const seedSchema: z.ZodType<EmulatorSeed> = z.strictObject({
  version: z.literal(1).optional(),
  clock: clockSchema.optional(),
  tenants: z.array(tenant).min(1),
  subscriptions: z.array(subscription).optional(),
  issuers: z.array(issuer).optional(),
  operations: operationsSchema.optional(),
  throttling: throttlingSchema.optional(),
  managementGroups: z.array(managementGroupSchema).optional(),
  roleDefinitions: z.array(roleDefinitionSchema).optional(),
  roleAssignments: z.array(roleAssignmentSchema).optional(),
  denyAssignments: z.array(denyAssignmentSchema).optional(),
  hosts: z.array(host).optional(),
});
