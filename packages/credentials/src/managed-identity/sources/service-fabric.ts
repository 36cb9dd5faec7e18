import { builtins } from '../../lib/builtins.js';
import { identityUrl } from '../identity-url.js';
import { refuseSelector } from '../refuse-selector.js';
import type { FindSource } from '../identity-source.js';
import { pinnedFetch } from './pinned-fetch.js';

/**
 * Service Fabric: `IDENTITY_ENDPOINT`, `IDENTITY_HEADER` and `IDENTITY_SERVER_THUMBPRINT`. The cluster's
 * certificate is its own: it is trusted by the thumbprint, and by nothing else.
 * [Source](https://learn.microsoft.com/azure/service-fabric/how-to-managed-identity-service-fabric-app-code).
 */
export const serviceFabric: FindSource = ({ env, selector, allowRemoteEndpoint }) => {
  const {
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: secret,
    IDENTITY_SERVER_THUMBPRINT: thumbprint,
  } = env;
  if (!endpoint || !secret || !thumbprint) return undefined;
  return {
    name: 'Service Fabric',
    ask: (resource, { sender }, { enableCae, refused }) => {
      refuseSelector(selector, 'On Service Fabric the application manifest chooses the managed identity.');
      const query = {
        'api-version': '2019-07-01-preview',
        resource,
        // The cluster keeps tokens, and lets go of the one that is named; no other source can be told.
        token_sha256_to_refresh: refused === undefined ? undefined : sha256(refused),
        xms_cc: enableCae ? 'cp1' : undefined,
      };
      const url = identityUrl(endpoint, 'IDENTITY_ENDPOINT', query, allowRemoteEndpoint);
      const send = sender({ fetch: pinnedFetch(thumbprint) });
      return send({ method: 'GET', url, headers: { secret } });
    },
  };
};

function sha256(token: string): string {
  return builtins.crypto.createHash('sha256').update(token).digest('hex');
}
