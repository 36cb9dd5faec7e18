import { AmlAuthError } from '@aml-auth/core';
import { identityUrl } from '../identity-url.js';
import type { FindSource } from '../identity-source.js';

/** Azure Cloud Shell: `MSI_ENDPOINT` alone. Its tokens are those of the person who is signed in. */
export const cloudShell: FindSource = ({ env, selector, allowRemoteEndpoint }) => {
  const { MSI_ENDPOINT: endpoint } = env;
  if (!endpoint || env['MSI_SECRET']) return undefined;
  return {
    name: 'Cloud Shell',
    ask: (resource, { send }) => {
      if (Object.keys(selector).length > 0) {
        throw new AmlAuthError({
          code: 'AML_CONFIG_INVALID',
          message: 'Cloud Shell has no user-assigned managed identities.',
          remedy: 'Leave clientId, objectId and resourceId out there.',
        });
      }
      return send({
        method: 'POST',
        url: identityUrl(endpoint, 'MSI_ENDPOINT', {}, allowRemoteEndpoint),
        headers: { Metadata: 'true', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ resource }).toString(),
      });
    },
  };
};
