import { findOnlineEndpoint } from '../arm/providers/machine-learning/endpoints/endpoint-place.js';
import { ONLINE } from '../arm/providers/machine-learning/endpoints/endpoint-types.js';
import { provisioningState } from '../arm/operations/operation-state.js';
import { isObject } from '../core/json.js';
import { resourcesIn, type WorkspaceResource } from '../core/workspace-resource-rows.js';
import { jsonAnswer, plainError } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { authorizeScoring, refusal } from './authorize-scoring.js';
import { chooseDeployment, type Traffic } from './choose-deployment.js';

/**
 * `/inference/{region}/{endpoint}/score`: an online endpoint as its clients see it. It asks for what the endpoint's
 * `authMode` asks for, picks a deployment, and answers with the body that it was sent.
 */
export async function inferenceService(call: Call): Promise<Response> {
  const [, region = '', name = '', page = ''] = call.segments;
  const endpoint = findOnlineEndpoint(call.world.store, region, name);
  if (endpoint === undefined)
    return plainError(404, 'NotFound', `There is no online endpoint ${name} in ${region}.`);
  const isScore = page.toLowerCase() === 'score';
  if (!isScore && page.toLowerCase() !== 'swagger.json') {
    return plainError(404, 'NotFound', `An endpoint has score and swagger.json, not ${page}.`);
  }
  const method = isScore ? 'POST' : 'GET';
  if (call.method !== method) return plainError(405, 'MethodNotAllowed', `Use ${method}.`, { allow: method });
  const decision = await authorizeScoring(call, endpoint);
  const answer = isScore ? score(call, endpoint) : jsonAnswer(200, swaggerOf(endpoint));
  answer.headers.set('x-emu-decision', decision);
  return answer;
}

function score(call: Call, endpoint: WorkspaceResource): Response {
  const { random, store } = call.world;
  const ready = resourcesIn(store, endpoint.id, ONLINE.deploymentType)
    .filter(({ id }) => provisioningState(store, id) === 'Succeeded')
    .map(({ name }) => name);
  const { traffic } = endpoint.properties;
  const named = call.headers.get('azureml-model-deployment');
  const point = Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
  const deployment = chooseDeployment(named, ready, isObject(traffic) ? (traffic as Traffic) : {}, point);
  if (deployment === undefined) {
    throw refusal(
      404,
      named === null
        ? `The endpoint ${endpoint.name} has no deployment that gets traffic.`
        : `The endpoint ${endpoint.name} has no deployment ${named}.`,
    );
  }
  return new Response(call.body, {
    headers: {
      'content-type': call.headers.get('content-type') ?? 'application/json',
      'azureml-model-deployment': deployment,
    },
  });
}

function swaggerOf({ name }: WorkspaceResource): unknown {
  return {
    swagger: '2.0',
    info: { title: name, version: '1.0' },
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: { '/score': { post: { operationId: 'RunMLService', responses: { 200: { description: 'OK' } } } } },
  };
}
