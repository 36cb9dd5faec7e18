import { AmlAuthError, isGuid } from '@aml-auth/core';
import { identityUrl } from '../identity-url.js';
import type { FindSource, SourceContext } from '../identity-source.js';

/**
 * Azure Machine Learning compute and online endpoints: `MSI_ENDPOINT` and `MSI_SECRET`.
 *
 * Compute answers a request without a valid client id with the token of the person who owns it. Where
 * it has no identity, `DEFAULT_IDENTITY_CLIENT_ID` holds the word `clientid`: then nothing is asked. An
 * online endpoint has no such variable, and is asked without a client id. Either way the token must not
 * be that of a person.
 * [Source](https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication).
 */
export const azureML: FindSource = (context) => {
  const { MSI_ENDPOINT: endpoint, MSI_SECRET: secret, DEFAULT_IDENTITY_CLIENT_ID: own = '' } = context.env;
  if (!endpoint || !secret) return undefined;
  const clientId = context.selector.clientId ?? (isGuid(own) ? own.toLowerCase() : undefined);
  return {
    name: 'Azure Machine Learning',
    expectedClientId: clientId,
    neverAPerson: true,
    ask: (resource, { send }) => {
      if (hasOtherSelector(context)) throw onlyClientId();
      if (clientId === undefined && own !== '') throw noIdentity();
      const query = { 'api-version': '2017-09-01', resource, clientid: clientId };
      return send({
        method: 'GET',
        url: identityUrl(endpoint, 'MSI_ENDPOINT', query, context.allowRemoteEndpoint),
        headers: { secret, Metadata: 'true' },
      });
    },
  };
};

function hasOtherSelector({ selector }: SourceContext): boolean {
  return selector.objectId !== undefined || selector.resourceId !== undefined;
}

function onlyClientId(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: 'Azure Machine Learning knows managed identities by their client id only.',
    remedy: 'Give clientId instead of objectId or resourceId.',
  });
}

function noIdentity(): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_CONFIGURED',
    message:
      'This Azure Machine Learning compute has no managed identity (DEFAULT_IDENTITY_CLIENT_ID is no client id).',
    remedy:
      'Give the compute a managed identity, or give the clientId of one that it has. Nothing was asked: with single sign-on the compute would answer as the person it is assigned to.',
  });
}
