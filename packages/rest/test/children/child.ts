import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { publicCloud, toAmlAuthError, type Cloud } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { createArmClient, type OperationHandle } from '@aml-auth/rest';
import { fasterTime } from './faster-time.js';

/** What a process is to do. */
export type ChildJob =
  | { readonly do: 'create'; readonly cloud: Cloud; readonly path: string; readonly body: unknown }
  | { readonly do: 'resume'; readonly cloud: Cloud; readonly handle: OperationHandle }
  | { readonly do: 'read'; readonly path: string }
  | { readonly do: 'outliveOutage'; readonly client: 'ours' | 'theirs' };

const apiVersion = '2026-09-01';

function tell(message: unknown): void {
  process.send?.(message);
}

function signedIn(cloud: Cloud) {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = process.env;
  const clientSecret = process.env['AZURE_CLIENT_SECRET'] ?? '';
  return createArmClient({
    credential: fromClientSecret({ tenantId, clientId, clientSecret, cloud }),
    cloud,
  });
}

async function create({ cloud, path, body }: Extract<ChildJob, { do: 'create' }>): Promise<void> {
  const operation = await signedIn(cloud).startOperation({ method: 'PUT', path, apiVersion, body });
  tell(operation.toJSON());
  await operation.result();
  tell('done');
}

async function resume({ cloud, handle }: Extract<ChildJob, { do: 'resume' }>): Promise<void> {
  tell(await signedIn(cloud).resumeOperation(handle).result());
}

/** Reads a resource at the addresses of the public cloud. */
async function read(path: string): Promise<void> {
  const { body } = await signedIn(publicCloud).request({ method: 'GET', path, apiVersion });
  tell(body);
}

/** A token of ten seconds, then no answer any more from who gives tokens; a call before it ends, and one after. */
async function outliveOutage({ client }: Extract<ChildJob, { do: 'outliveOutage' }>): Promise<void> {
  const pass = fasterTime(100);
  const call = client === 'ours' ? ourCall() : theirCall();
  tell(await call());
  tell(await call());
  await pass(60_000);
  tell(await call().catch((error: unknown) => toAmlAuthError(error).code));
}

function ourCall(): () => Promise<unknown> {
  let tokens = 0;
  const answer = (url: string): Response => {
    if (url.includes('/oauth2/v2.0/token')) {
      tokens += 1;
      if (tokens > 1) throw new TypeError('fetch failed');
      return Response.json({ token_type: 'Bearer', expires_in: 10, access_token: 'a-token' });
    }
    return Response.json({ id: '/x', name: 'job', properties: {} });
  };
  const send = (async (input: string | URL) => Promise.resolve(String(input)).then(answer)) as typeof fetch;
  const id = '00000000-0000-0000-0000-000000000001';
  const credential = fromClientSecret({ tenantId: id, clientId: id, clientSecret: 'for-tests', fetch: send });
  const arm = createArmClient({ credential, fetch: send });
  const ref = { subscriptionId: id, resourceGroup: 'rg', workspaceName: 'ws1' };
  return async () => (await arm.workspace(ref).jobs.get('job')).name;
}

function theirCall(): () => Promise<unknown> {
  let tokens = 0;
  const getToken = () => {
    tokens += 1;
    if (tokens > 1) return Promise.reject(new Error('the identity provider is down'));
    return Promise.resolve({ token: 'a-token', expiresOnTimestamp: Date.now() + 10_000 });
  };
  const client = new AzureMachineLearningWorkspaces({ getToken }, 'subscription', {
    httpClient: {
      sendRequest: (request) =>
        Promise.resolve({
          request,
          status: 200,
          headers: createHttpHeaders(),
          bodyAsText: '{"name":"job","properties":{"jobType":"Command"}}',
        }),
    },
  });
  return async () => (await client.jobs.get('rg', 'ws1', 'job')).name;
}

const job = JSON.parse(process.argv[2] ?? '') as ChildJob;
if (job.do === 'create') await create(job);
if (job.do === 'resume') await resume(job);
if (job.do === 'read') await read(job.path);
if (job.do === 'outliveOutage') await outliveOutage(job);
process.disconnect();
