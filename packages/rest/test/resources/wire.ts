import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { createArmClient, type ArmClient } from '@aml-auth/rest';
import { countingCredential } from '../loopback-arm.js';

/** A request, as far as Azure Resource Manager acts on it; the api-version is left out. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export const subscriptionId = '00000000-0000-0000-0000-000000000003';

/** Fits every type that is read. */
const REPLY = JSON.stringify({ id: '/x', name: 'x', properties: {}, value: [], nodes: [] });

function wireOf(method: string, url: string, body: unknown): Wire {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete('api-version');
  const parsed: unknown = typeof body === 'string' && body !== '' ? JSON.parse(body) : null;
  return { method, path: pathname, query: Object.fromEntries(searchParams), body: parsed };
}

/** What a call of ours sends. */
export async function sentByUs(call: (arm: ArmClient) => unknown): Promise<Wire[]> {
  const sent: Wire[] = [];
  const record = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const body = await new Response(init.body).text();
    sent.push(wireOf(init.method ?? 'GET', String(input), body));
    return new Response(REPLY);
  };
  await settled(call(createArmClient({ credential: countingCredential(), fetch: record as typeof fetch })));
  return sent;
}

/** What a call of `@azure/arm-machinelearning` sends. */
export async function sentByThem(call: (client: AzureMachineLearningWorkspaces) => unknown): Promise<Wire[]> {
  const sent: Wire[] = [];
  const client = new AzureMachineLearningWorkspaces(countingCredential(), subscriptionId, {
    httpClient: {
      sendRequest: (request) => {
        sent.push(wireOf(request.method, request.url, request.body));
        return Promise.resolve({ request, status: 200, headers: createHttpHeaders(), bodyAsText: REPLY });
      },
    },
  });
  // It takes 200 for an error where it knows of 202 only; what it sent is what counts.
  await settled(call(client)).catch(() => undefined);
  return sent;
}

async function settled(outcome: unknown): Promise<void> {
  if (typeof outcome === 'object' && outcome !== null && Symbol.asyncIterator in outcome) {
    for await (const _ of outcome as AsyncIterable<unknown>) continue;
  } else {
    await outcome;
  }
}
