import { builtins } from '../../lib/builtins.js';
import { identityUrl } from '../identity-url.js';
import { refuseSelector } from '../refuse-selector.js';
import type { FindSource, SourceContext } from '../identity-source.js';
import { readArcKey } from './read-arc-key.js';

/** The program of the Azure Arc agent: it shows the agent where no variable does. */
export const AGENT = '/opt/azcmagent/bin/himds';
const DEFAULT_ENDPOINT = 'http://127.0.0.1:40342/metadata/identity/oauth2/token';

/**
 * Azure Arc: `IDENTITY_ENDPOINT` with `IMDS_ENDPOINT`, or the agent's program. The first answer names
 * a key file that only the right users of the machine can read; the second request carries it.
 * [Source](https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication).
 */
export const arc: FindSource = (context) => {
  const endpoint = endpointOf(context);
  if (endpoint === undefined) return undefined;
  const { selector, allowRemoteEndpoint } = context;
  return {
    name: 'Azure Arc',
    async ask(resource, { send }) {
      refuseSelector(selector, 'Azure Arc has no user-assigned managed identities.');
      const query = { 'api-version': '2020-06-01', resource };
      const url = identityUrl(endpoint, 'IDENTITY_ENDPOINT', query, allowRemoteEndpoint);
      const first = await send({ method: 'GET', url, headers: { Metadata: 'true' } });
      if (first.status !== 401) return first;
      const key = await readArcKey(first.headers.get('www-authenticate') ?? '');
      return send({ method: 'GET', url, headers: { Metadata: 'true', Authorization: `Basic ${key}` } });
    },
  };
};

function endpointOf({ env }: SourceContext): string | undefined {
  const { IDENTITY_ENDPOINT: endpoint, IMDS_ENDPOINT: imds } = env;
  // `localhost` could be resolved to somebody else's server: the agent listens on the address.
  if (endpoint && imds) return endpoint.replace('://localhost', '://127.0.0.1');
  return builtins.fs.existsSync(AGENT) ? DEFAULT_ENDPOINT : undefined;
}
