import * as z from 'zod';
import { optional } from '../optional.js';
import { parseLeniently, type OnDrift } from '../parse-leniently.js';
import { resourceIdentity, workspaceSchema } from '../workspaces/parse-workspace.js';
import type { ResourceShapes } from './resource-shapes.js';

const text = optional(z.string());
const flag = optional(z.boolean());
const number = optional(z.number());
const texts = optional(z.record(z.string(), z.string()));
const anything = optional(z.record(z.string(), z.unknown()));

function resource<Shape extends z.ZodRawShape>(properties: Shape) {
  return z.looseObject({
    id: z.string().min(1),
    name: z.string().min(1),
    type: text,
    location: text,
    kind: text,
    tags: texts,
    identity: optional(resourceIdentity),
    properties: z.preprocess((held) => held ?? {}, z.looseObject(properties)),
  });
}

const described = { description: text, tags: texts, properties: texts, isArchived: flag };
const version = { ...described, isAnonymous: flag, provisioningState: text };
const endpoint = {
  authMode: text,
  description: text,
  properties: texts,
  scoringUri: text,
  swaggerUri: text,
  provisioningState: text,
};
const deployment = {
  description: text,
  environmentId: text,
  environmentVariables: texts,
  properties: texts,
  provisioningState: text,
};

/** What is read of the resource types, each as the specification of 2026-09-01 has it. All keep unknown fields. */
const RESOURCE_SCHEMAS: { readonly [Name in keyof ResourceShapes]: z.ZodType<ResourceShapes[Name]> } = {
  workspace: workspaceSchema,
  registry: resource({
    discoveryUrl: text,
    mlFlowRegistryUri: text,
    intellectualPropertyPublisher: text,
    publicNetworkAccess: text,
    provisioningState: text,
  }),
  compute: resource({
    computeType: text,
    provisioningState: text,
    computeLocation: text,
    description: text,
    resourceId: text,
    isAttachedCompute: flag,
    disableLocalAuth: flag,
    createdOn: text,
    modifiedOn: text,
    properties: anything,
  }),
  computeNode: z.looseObject({
    nodeId: text,
    nodeState: text,
    privateIpAddress: text,
    publicIpAddress: text,
    port: number,
    runId: text,
  }),
  job: resource({
    ...described,
    jobType: text,
    displayName: text,
    experimentName: text,
    status: text,
    computeId: text,
    componentId: text,
  }),
  schedule: resource({ ...described, displayName: text, isEnabled: flag, provisioningState: text }),
  assetContainer: resource({
    ...described,
    latestVersion: text,
    nextVersion: text,
    provisioningState: text,
  }),
  modelVersion: resource({ ...version, modelType: text, modelUri: text, jobName: text }),
  dataVersion: resource({ ...version, dataType: text, dataUri: text }),
  environmentVersion: resource({
    ...version,
    environmentType: text,
    image: text,
    condaFile: text,
    osType: text,
  }),
  componentVersion: resource({ ...version, componentSpec: anything }),
  codeVersion: resource({ ...version, codeUri: text }),
  datastore: resource({
    ...described,
    datastoreType: text,
    isDefault: flag,
    accountName: text,
    containerName: text,
    endpoint: text,
    protocol: text,
    serviceDataAccessAuthIdentity: text,
    credentials: optional(z.looseObject({ credentialsType: text })),
  }),
  onlineEndpoint: resource({
    ...endpoint,
    compute: text,
    publicNetworkAccess: text,
    traffic: optional(z.record(z.string(), z.number())),
  }),
  onlineDeployment: resource({
    ...deployment,
    endpointComputeType: text,
    instanceType: text,
    model: text,
    appInsightsEnabled: flag,
  }),
  batchEndpoint: resource({ ...endpoint, defaults: optional(z.looseObject({ deploymentName: text })) }),
  batchDeployment: resource({
    ...deployment,
    compute: text,
    errorThreshold: number,
    maxConcurrencyPerInstance: number,
    miniBatchSize: number,
    outputAction: text,
  }),
  connection: resource({
    authType: text,
    category: text,
    target: text,
    metadata: texts,
    isSharedToAll: flag,
  }),
  usage: z.looseObject({
    id: text,
    type: text,
    name: optional(z.looseObject({ value: text, localizedValue: text })),
    unit: text,
    limit: number,
    currentValue: number,
  }),
  vmSize: z.looseObject({
    name: text,
    family: text,
    vCPUs: number,
    gpus: number,
    memoryGB: number,
    osVhdSizeMB: number,
    maxResourceVolumeMB: number,
    lowPriorityCapable: flag,
    premiumIO: flag,
  }),
  any: z.record(z.string(), z.unknown()),
};

/**
 * A reply, read as its type.
 *
 * @throws {AmlAuthError} `AML_RESPONSE_INVALID` where its id or name is missing
 */
export function parseResource<Name extends keyof ResourceShapes>(
  name: Name,
  body: unknown,
  onDrift?: OnDrift,
): ResourceShapes[Name] {
  const schema = schemaOf(name) as unknown as z.ZodType<ResourceShapes[Name]>;
  return parseLeniently<ResourceShapes[Name]>(schema, body, name, onDrift);
}

/** So many replies pay for the compilation of their schema. */
const COMPILE_AFTER = 500;
const parsed = new Map<keyof ResourceShapes, number>();
const compiled = new Map<keyof ResourceShapes, z.ZodType>();

/** The schema; of a long listing compiled, which halves its time. Both read alike. */
function schemaOf(name: keyof ResourceShapes): z.ZodType {
  const ready = compiled.get(name);
  if (ready !== undefined) return ready;
  const plain = RESOURCE_SCHEMAS[name];
  const count = (parsed.get(name) ?? 0) + 1;
  parsed.set(name, count);
  if (count < COMPILE_AFTER) return plain;
  const fast = compiledOf(plain);
  compiled.set(name, fast);
  return fast;
}

/** Where code must not be made at run time the schema stays as it is. */
function compiledOf(schema: z.ZodType): z.ZodType {
  try {
    return z.compile(schema);
  } catch {
    return schema;
  }
}
