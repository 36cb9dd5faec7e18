import type { Emulator } from '@aml-auth/emulator';

import { mlCaller, type MlAnswer } from './ml.js';

/** Makes an online endpoint with the deployments, which share the traffic as said. */
export async function makeEndpoint(
  emulated: () => Emulator,
  name: string,
  authMode: string,
  traffic: Readonly<Record<string, number>> = { blue: 100 },
): Promise<MlAnswer> {
  const call = mlCaller(emulated);
  await call(`onlineEndpoints/${name}`, 'PUT', endpointBody(authMode));
  for (const deployment of Object.keys(traffic)) {
    await call(`onlineEndpoints/${name}/deployments/${deployment}`, 'PUT', deploymentBody());
  }
  return call(`onlineEndpoints/${name}`, 'PUT', endpointBody(authMode, { traffic }));
}

/** The body of an online endpoint. */
function endpointBody(authMode: string, more: Record<string, unknown> = {}): unknown {
  return { location: 'westeurope', identity: { type: 'SystemAssigned' }, properties: { authMode, ...more } };
}

/** The body of a managed deployment. */
export function deploymentBody(): unknown {
  return {
    location: 'westeurope',
    sku: { name: 'Default', capacity: 1 },
    properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2', model: 'azureml:m:1' },
  };
}

/** What an endpoint answered. */
export interface ScoreAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Sends a body to an endpoint, as its clients do. */
export async function score(
  emulated: () => Emulator,
  name: string,
  token: string | undefined,
  headers: Record<string, string> = {},
): Promise<ScoreAnswer> {
  const { body } = await mlCaller(emulated)(`onlineEndpoints/${name}`);
  const { scoringUri } = body['properties'] as { readonly scoringUri: string };
  const response = await emulated().fetch(scoringUri, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ data: [1, 2, 3] }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
