import { createExternalIssuer, startEmulator } from '@aml-auth/emulator';
import { expect, test } from 'vitest';

import { postToken } from '../support/emulated.js';
import { callGraph } from '../support/graph.js';
import { graphSeed } from '../support/graph-seed.js';

test('a federated credential counts as soon as Microsoft Graph has it, and no longer', async () => {
  const github = await createExternalIssuer({ issuer: 'https://token.actions.githubusercontent.com' });
  const issuers = [{ issuer: github.issuer, keys: github.jwks }];
  const emulator = await startEmulator({ seed: { ...graphSeed, issuers } });
  const { applicationId, clientId } = emulator.app('owned');
  const path = `/applications/${applicationId}/federatedIdentityCredentials`;
  const subject = 'repo:contoso/models:environment:prod';

  const signIn = async (): Promise<number> => {
    const response = await postToken(emulator, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await github.sign({ sub: subject }),
      scope: 'https://management.azure.com/.default',
    });
    return response.status;
  };

  expect(await signIn()).not.toBe(200);
  const body = { name: 'prod', issuer: github.issuer, subject, audiences: ['api://AzureADTokenExchange'] };
  await callGraph(emulator, 'platform-admin', path, { method: 'POST', body });
  expect(await signIn()).toBe(200);
  await callGraph(emulator, 'platform-admin', `${path}/prod`, { method: 'DELETE' });
  expect(await signIn()).not.toBe(200);
  await emulator.close();
});
