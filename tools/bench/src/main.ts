import { parseArgs } from 'node:util';
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { printResults } from './print-results.ts';
import type { BenchRow, RowResult } from './row.ts';
import { azureCliStarts } from './rows/azure-cli-starts.ts';
import { chainWalk } from './rows/chain-walk.ts';
import { cliVersion } from './rows/cli-version.ts';
import { firstToken } from './rows/first-token.ts';
import { importTime } from './rows/import-time.ts';
import { installedSize } from './rows/installed-size.ts';
import { parallelColdCalls } from './rows/parallel-cold-calls.ts';
import { tokenRequests } from './rows/token-requests.ts';
import { warmGetToken } from './rows/warm-get-token.ts';

const rows: readonly BenchRow[] = [
  warmGetToken,
  parallelColdCalls,
  azureCliStarts,
  chainWalk,
  importTime,
  installedSize,
  cliVersion,
  tokenRequests,
  firstToken,
];

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const rounds = values.quick ? 3 : 15;

const emulator = await startEmulator();
try {
  trustEmulator(emulator);
  const results = new Map<string, RowResult>();
  for (const { title, measure } of rows) {
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
