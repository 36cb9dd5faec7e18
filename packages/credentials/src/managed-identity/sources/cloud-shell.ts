import { identityUrl } from '../identity-url.js';
import { refuseSelector } from '../refuse-selector.js';
import type { FindSource } from '../identity-source.js';

/** Azure Cloud Shell: `MSI_ENDPOINT` alone. Its tokens are those of the person who is signed in. */
export const cloudShell: FindSource = ({ env, selector, allowRemoteEndpoint }) => {
  const { MSI_ENDPOINT: endpoint } = env;
  if (!endpoint || env['MSI_SECRET']) return undefined;
  return {
    name: 'Cloud Shell',
    ask: (resource, { send }) => {
      refuseSelector(selector, 'Cloud Shell has no user-assigned managed identities.');
      return send({
        method: 'POST',
        url: identityUrl(endpoint, 'MSI_ENDPOINT', {}, allowRemoteEndpoint),
        headers: { Metadata: 'true', 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({ resource }).toString(),
      });
    },
  };
};
