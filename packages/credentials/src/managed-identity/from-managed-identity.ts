import {
  AmlAuthError,
  isAmlAuthError,
  quietLogger,
  type Cloud,
  type Credential,
  type Finding,
  type StoredToken,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { builtins } from '../lib/builtins.js';
import { createCredential, type AcquireTools } from '../lib/create-credential.js';
import { requireDefaultScope } from '../lib/require-default-scope.js';
import { variableFindings, type Environment } from '../lib/settings.js';
import { findSource } from './find-source.js';
import { IDENTITY_VARIABLES, identityOfEnvironment } from './identity-of-environment.js';
import { isAzureMachine } from './is-azure-machine.js';
import { podIdentityFirst } from './pod-identity.js';
import { parseIdentityReply } from './parse-identity-reply.js';
import { requireIdentity } from './require-identity.js';
import { parseSelector, type IdentitySelector } from './selector.js';
import { AGENT } from './sources/arc.js';
import { imds, type MetadataServiceUse } from './sources/imds.js';

/**
 * Options of {@link fromManagedIdentity}. There is no `tokenStore`: the tokens belong to this machine,
 * and the platform keeps them.
 */
export interface ManagedIdentityOptions
  extends IdentitySelector, Omit<CredentialOptions, 'tokenStore' | 'cloud'> {
  /** The cloud that a pod's token is exchanged in; the other sources know their own. Default: the public one. */
  readonly cloud?: Cloud | undefined;
  /** Lets the endpoint be on another machine. Default `false`: loopback and link-local addresses only. */
  readonly allowRemoteEndpoint?: boolean | undefined;
  /**
   * Whether the Instance Metadata Service is looked for where no variable names another source. Default `probe`;
   * `assume-present` saves the probe on a machine that is known to have it, `none` never asks it.
   */
  readonly metadataService?: MetadataServiceUse | undefined;
  /** Longest time for one token. Default 120,000 milliseconds: the metadata service may be upgrading. */
  readonly timeLimitMs?: number | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const TIME_LIMIT_MS = 120_000;

/**
 * Signs in as the managed identity of the Azure resource that the program runs on: pods with Microsoft Entra
 * Workload ID, virtual machines, App Service, Functions and Container Apps, Azure Machine Learning compute and online endpoints, Azure
 * Arc, Service Fabric and Cloud Shell. Without an id it is the system-assigned identity.
 *
 * The token that comes is checked to be for the identity that was asked for. Where there is no managed
 * identity, `getToken` rejects with an error that lets a chain go on; one that is there and refuses stops it.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for more than one id, or a malformed one
 */
export function fromManagedIdentity(options: ManagedIdentityOptions = {}): Credential {
  const { env = process.env, allowRemoteEndpoint = false } = options;
  const selector = parseSelector(options);
  const metadataService = imds(options.metadataService);
  const logger = quietLogger(options.logger);

  async function acquire(request: TokenRequest, tools: AcquireTools): Promise<StoredToken> {
    const source = findSource({ env, selector, allowRemoteEndpoint }, metadataService);
    const reply = await source.ask(resourceOf(request.scopes), tools, request);
    const token = parseIdentityReply(reply, source.name, tools.clock.now(), tools.skewMs());
    const { neverAPerson, expectedClientId } = source;
    const clientId = selector.clientId ?? expectedClientId;
    try {
      await requireIdentity(token.token, { ...selector, clientId, neverAPerson }, source.name);
    } catch (error) {
      if (isAmlAuthError(error)) warn(source.name);
      throw error;
    }
    return token;
  }

  /** Somebody has to change the machine: it goes to the log too, where the error may be passed over. */
  function warn(source: string): void {
    logger.warn({ event: 'identity.mismatch', source, clientId: selector.clientId ?? 'system' });
  }

  function findings(): Finding[] {
    return [
      ...variableFindings(env, IDENTITY_VARIABLES).filter(({ found }) => found),
      { what: `file ${AGENT} (Azure Arc)`, found: builtins.fs.existsSync(AGENT) },
      { what: 'asset tag of a machine in Azure', found: isAzureMachine() },
    ];
  }

  const machine = createCredential({
    // Callers without types may hand a store over: it stays out of use.
    options: { ...options, tokenStore: undefined, timeLimitMs: options.timeLimitMs ?? TIME_LIMIT_MS },
    description: {
      method: 'managedIdentity',
      ...(selector.clientId === undefined ? {} : { clientId: selector.clientId }),
    },
    identity: identityOfEnvironment(env, selector),
    additionallyAllowedTenants: [],
    findings,
    acquire: (request, tools) => {
      if (request.tenantId !== '') throw foreignTenant(request.tenantId);
      requireDefaultScope(request.scopes);
      return acquire(request, tools);
    },
  });
  const { cloud, events, fetch, clock, timeLimitMs } = options;
  return podIdentityFirst(machine, selector, { env, cloud, logger, events, fetch, clock, timeLimitMs });
}

/** The resource as it was asked for: a slash at its end is part of it. */
function resourceOf([scope = '']: readonly string[]): string {
  return scope.slice(0, -'/.default'.length);
}

function foreignTenant(tenantId: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `A managed identity has one tenant; a token of tenant ${tenantId} was asked for.`,
    remedy: 'Leave tenantId out, or sign in as an application that the other tenant knows.',
  });
}
