import { identityUrl } from '../identity-url.js';
import type { FindSource } from '../identity-source.js';

/**
 * App Service, Functions and Container Apps: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`.
 * [Source](https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference).
 */
export const appService: FindSource = ({ env, selector, allowRemoteEndpoint }) => {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: secret } = env;
  if (!endpoint || !secret) return undefined;
  return {
    name: 'App Service',
    ask: (resource, { send }) => {
      const query = {
        'api-version': '2019-08-01',
        resource,
        client_id: selector.clientId,
        object_id: selector.objectId,
        mi_res_id: selector.resourceId,
      };
      return send({
        method: 'GET',
        url: identityUrl(endpoint, 'IDENTITY_ENDPOINT', query, allowRemoteEndpoint),
        headers: { 'X-IDENTITY-HEADER': secret, Metadata: 'true' },
      });
    },
  };
};
