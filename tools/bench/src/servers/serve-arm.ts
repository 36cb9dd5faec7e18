import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A process that answers like Azure Resource Manager, without deciding anything, so that clients are measured and not
 * it: `/…/jobs/<name>` is one job, `/…/jobs?total=100000&$skip=0` a page of a thousand with a nextLink. Tells its parent
 * the port, and ends with it.
 */
const PAGE = 1_000;
const job = (index: number): object => ({
  id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws1/jobs/job-${index}`,
  name: `job-${index}`,
  type: 'Microsoft.MachineLearningServices/workspaces/jobs',
  properties: {
    jobType: 'Command',
    command: 'python train.py',
    displayName: `training ${index}`,
    experimentName: 'bench',
    status: 'Completed',
    environmentId: 'azureml:environment:1',
    tags: { team: 'research' },
    properties: {},
  },
});
const one = JSON.stringify(job(0));
const items = JSON.stringify(Array.from({ length: PAGE }, (_, index) => job(index)));

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  request.resume();
  response.setHeader('content-type', 'application/json');
  if (!url.pathname.endsWith('/jobs')) return response.end(one);
  const next = Number(url.searchParams.get('$skip') ?? '0') + PAGE;
  const more = next < Number(url.searchParams.get('total') ?? '100000');
  url.searchParams.set('$skip', String(next));
  const nextLink = more ? `,"nextLink":"https://management.azure.com${url.pathname}${url.search}"` : '';
  return response.end(`{"value":${items}${nextLink}}`);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
