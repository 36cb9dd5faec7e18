import { parseArgs } from 'node:util';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { hasRedisServer } from '@aml-auth/testkit/redis';
import { hasRoleData } from './access/role-data.ts';
import { printResults } from './print-results.ts';
import type { BenchRow, RowResult } from './row.ts';
import { newDecisions, warmDecisions } from './rows/access-decisions.ts';
import { armPaging } from './rows/arm-paging.ts';
import { armRequest, armRequestWait } from './rows/arm-request.ts';
import { armBundled, armInstalled } from './rows/arm-size.ts';
import { azureCliStarts } from './rows/azure-cli-starts.ts';
import { chainWalk } from './rows/chain-walk.ts';
import { cliToken } from './rows/cli-token.ts';
import { cliVersion } from './rows/cli-version.ts';
import { fileWrites, fileWritesAtStart } from './rows/file-writes.ts';
import { firstToken } from './rows/first-token.ts';
import { fleet } from './rows/fleet.ts';
import { importTime } from './rows/import-time.ts';
import { installedSize } from './rows/installed-size.ts';
import { parallelColdCalls } from './rows/parallel-cold-calls.ts';
import { sharedCacheWrites } from './rows/shared-cache-writes.ts';
import { tokenRequests } from './rows/token-requests.ts';
import { warmGetToken } from './rows/warm-get-token.ts';
import { whoCanSubmit } from './rows/who-can.ts';

const start: readonly BenchRow[] = [cliVersion, cliToken];
const cache: readonly BenchRow[] = [fileWrites, fileWritesAtStart, sharedCacheWrites, fleet];
const access: readonly BenchRow[] = [warmDecisions, newDecisions, whoCanSubmit];
const rest: readonly BenchRow[] = [armRequest, armRequestWait, armPaging, armInstalled, armBundled];
const rows: readonly BenchRow[] = [
  warmGetToken,
  parallelColdCalls,
  azureCliStarts,
  chainWalk,
  importTime,
  installedSize,
  ...start,
  tokenRequests,
  firstToken,
  ...cache,
  ...access,
  ...rest,
];
/** Rows that can be measured by themselves: `pnpm bench access`. */
const groups: Readonly<Record<string, readonly BenchRow[]>> = { start, cache, access, rest };

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = positionals.length === 0 ? rows : positionals.flatMap(groupNamed);
const canRedis = wanted.some(({ needsRedis }) => needsRedis === true) && hasRedisServer();
const rounds = values.quick ? 3 : 15;

const emulator = await startEmulator();
try {
  trustEmulator(emulator);
  const results = new Map<string, RowResult>();
  for (const { title, measure, needsRedis = false, needsRoleData = false } of wanted) {
    if (needsRedis && !canRedis) continue;
    if (needsRoleData && !hasRoleData()) {
      console.log(`Not measured: ${title}. The list of built-in roles is not beside the repository.`);
      continue;
    }
    console.error(`measuring: ${title}`);
    results.set(title, await measure({ emulator, rounds }));
  }
  console.log(
    `Medians of ${rounds} interleaved samples on Node.js ${process.version}. Compare ratios, not figures.`,
  );
  printResults(results);
} finally {
  await emulator.close();
}

function groupNamed(name: string): readonly BenchRow[] {
  const group = groups[name];
  if (group === undefined)
    throw new Error(`There is no group ${name}. Groups: ${Object.keys(groups).join(', ')}.`);
  return group;
}
