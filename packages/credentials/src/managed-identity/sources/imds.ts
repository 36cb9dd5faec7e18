import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import type { AcquireTools } from '../../lib/create-credential.js';
import { nextDelay, type RetryPolicy } from '../../lib/http/retry-policy.js';
import { identityUrl } from '../identity-url.js';
import type { IdentitySource, SourceContext } from '../identity-source.js';
import { isAzureMachine } from '../is-azure-machine.js';

/**
 * How it is found out whether there is a metadata service: `probe` – a request that is over within a second;
 * `assume-present` – not at all, the token is asked for at once; `none` – it is not asked.
 */
export type MetadataServiceUse = 'probe' | 'assume-present' | 'none';

const HOST = 'http://169.254.169.254';
const PROBE_LIMIT_MS = 1_000;
/** Where the hardware is known to be Azure's, a busy machine gets more time. */
const PROBE_LIMIT_IN_AZURE_MS = 3_000;
/** How long the verdict that there is no metadata service holds. */
const ABSENT_FOR_MS = 60_000;
const UPGRADE_DELAY_MS = 10_000;
const MAX_ATTEMPTS = 9;

/**
 * The Instance Metadata Service of virtual machines and of what runs on them. Before the first request
 * a probe tells whether it is there: within a second, or three where the hardware is Azure's. That it is not is
 * remembered for a minute.
 * [Source](https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http).
 */
export function imds(
  use: MetadataServiceUse = 'probe',
  inAzure: () => boolean = isAzureMachine,
): (context: SourceContext) => IdentitySource {
  let present = use === 'assume-present';
  let absentUntil = Number.NEGATIVE_INFINITY;

  async function probe(url: string, { sender, clock }: AcquireTools): Promise<void> {
    if (present) return;
    if (use === 'none' || clock.monotonic() < absentUntil) throw absent();
    try {
      // Without the Metadata header every answer is a refusal, and shows that somebody is there.
      const limitMs = inAzure() ? PROBE_LIMIT_IN_AZURE_MS : PROBE_LIMIT_MS;
      const reply = await sender({ limitMs, policy: () => undefined })({
        method: 'GET',
        url,
        headers: {},
      });
      if (reply.status === 403 && reply.text.includes('unreachable')) throw absent();
      present = true;
    } catch (error) {
      if (isAmlAuthError(error) && error.code === 'AML_CANCELLED') throw error;
      absentUntil = clock.monotonic() + ABSENT_FOR_MS;
      throw absent(error);
    }
  }

  return ({ env, selector, allowRemoteEndpoint }) => ({
    name: 'the Instance Metadata Service',
    async ask(resource, tools) {
      const variable = 'AZURE_POD_IDENTITY_AUTHORITY_HOST';
      const base = (env[variable] ?? HOST).replace(/\/+$/, '');
      const endpoint = `${base}/metadata/identity/oauth2/token`;
      await probe(identityUrl(endpoint, variable, {}, allowRemoteEndpoint), tools);
      const query = {
        'api-version': '2018-02-01',
        resource,
        client_id: selector.clientId,
        object_id: selector.objectId,
        msi_res_id: selector.resourceId,
      };
      const url = identityUrl(endpoint, variable, query, allowRemoteEndpoint);
      return tools.sender({ policy: imdsPolicy })({ method: 'GET', url, headers: { Metadata: 'true' } });
    },
  });
}

/**
 * 404 while an identity is being attached, and 410 during an upgrade of up to 70 s, pass by themselves:
 * more attempts than usual, with delays that stop growing at two seconds.
 */
const imdsPolicy: RetryPolicy = (outcome, attempt, now, random) => {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const status = isAmlAuthError(outcome) ? undefined : outcome.status;
  if (status === 410) return UPGRADE_DELAY_MS;
  const temporary = status === 404 && !isAmlAuthError(outcome) ? { ...outcome, status: 503 } : outcome;
  return nextDelay(temporary, Math.min(attempt, 3), now, random);
};

function absent(cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message:
      'There is no managed identity here: no variable names one, and the Instance Metadata Service does not answer.',
    remedy: 'Run on an Azure resource that has a managed identity, or use another sign-in method.',
    cause,
  });
}
