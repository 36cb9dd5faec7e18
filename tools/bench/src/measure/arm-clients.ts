import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  bearerTokenAuthenticationPolicy,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { createAccessToken, type Credential } from '@aml-auth/core';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import type { ArmServer } from './fork-arm-server.ts';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000003';
export const JOBS_PATH = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws1/jobs`;
export const JOB_URL = `https://management.azure.com${JOBS_PATH}/job-0?api-version=2026-09-01`;
export const WORKSPACE = { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg', workspaceName: 'ws1' };

const token = createAccessToken({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 });
const credential: Credential = {
  getToken: () => Promise.resolve(token),
  describe: () => ({ method: 'bench' }),
};

/** Ours, as its users have it. */
export function ourClient(): ArmClient {
  return createArmClient({ credential, rateLimits: 'azure' });
}

function located({ locate }: ArmServer): HttpClient {
  const client = createDefaultHttpClient();
  return {
    sendRequest: (request) => {
      request.url = locate(request.url);
      request.allowInsecureConnection = true;
      return client.sendRequest(request);
    },
  };
}

/** That of the Azure SDK. */
export function theirClient(server: ArmServer): AzureMachineLearningWorkspaces {
  return new AzureMachineLearningWorkspaces(credential, SUBSCRIPTION, { httpClient: located(server) });
}

/** A request through the pipeline of the Azure SDK: sign-in, ids and retries, without models. */
export function theirRequest(server: ArmServer): () => Promise<unknown> {
  const httpClient = located(server);
  const pipeline = createPipelineFromOptions({});
  pipeline.addPolicy(
    bearerTokenAuthenticationPolicy({ credential, scopes: 'https://management.azure.com/.default' }),
  );
  return async () => {
    const reply = await pipeline.sendRequest(httpClient, createPipelineRequest({ url: JOB_URL }));
    return JSON.parse(reply.bodyAsText ?? '') as unknown;
  };
}
