import { workerJobs, type Job, type WorkerSetup } from './worker-jobs.js';

const run = await workerJobs(JSON.parse(process.argv[2] ?? '{}') as WorkerSetup);

process.on('message', (job: Job) => {
  run(job).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.send?.({ answer: 'ready' });
