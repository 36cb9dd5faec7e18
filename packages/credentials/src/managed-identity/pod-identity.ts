import { AmlAuthError, cancelled, type Credential } from '@aml-auth/core';
import {
  fromWorkloadIdentity,
  type WorkloadIdentityOptions,
} from '../workload-identity/from-workload-identity.js';
import type { Environment } from '../lib/settings.js';
import type { IdentitySelector } from './selector.js';

/**
 * Puts the identity of a pod before the sources of a machine: where Kubernetes has projected a token file
 * (Microsoft Entra Workload ID), the managed identity of the pod is meant, and not that of the node, which
 * every pod could use. Looked for at every call, like the other sources.
 */
export function podIdentityFirst(
  machine: Credential,
  selector: IdentitySelector,
  options: WorkloadIdentityOptions & { readonly env: Environment },
): Credential {
  const { env } = options;
  const pod = fromWorkloadIdentity({ ...options, clientId: selector.clientId });
  const inPod = (): boolean =>
    Boolean(env['AZURE_FEDERATED_TOKEN_FILE'] && env['AZURE_TENANT_ID']) &&
    Boolean(selector.clientId ?? env['AZURE_CLIENT_ID']);

  return {
    getToken(scopes, asked) {
      if (!inPod()) return machine.getToken(scopes, asked);
      if (asked?.abortSignal?.aborted === true) return Promise.reject(cancelled(asked.abortSignal));
      return onlyClientId(selector) ?? pod.getToken(scopes, asked);
    },
    describe: () => machine.describe(),
    findings: () => [...(pod.findings?.() ?? []), ...(machine.findings?.() ?? [])],
  };
}

/** A rejection where the identity was chosen by something that the exchange does not know. */
function onlyClientId({ objectId, resourceId }: IdentitySelector): Promise<never> | undefined {
  if (objectId === undefined && resourceId === undefined) return undefined;
  return Promise.reject(
    new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The pod has a projected token, which is exchanged for an identity by its client id only.',
      remedy: 'Give clientId instead of objectId or resourceId.',
    }),
  );
}
