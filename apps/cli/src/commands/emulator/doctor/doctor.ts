import { join } from 'node:path';
import type { CliContext, OutputStream } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { printJson } from '../../../output/print-json.js';
import { listRunning } from '../running/find-running.js';
import { stateFolder } from '../state-folder.js';
import type { EmulatorDoctorFlags } from './command.js';
import { diagnose } from './diagnose.js';
import { findTarget } from './find-target.js';
import type { Finding } from './finding.js';
import { gatherFacts } from './gather-facts.js';

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: '-      ',
};

/** Runs `aml-auth emulator doctor`. */
export async function doctor(context: CliContext, flags: EmulatorDoctorFlags): Promise<void> {
  const { env, stdout } = context.process;
  const running = await listRunning(join(stateFolder(env), 'running'));
  const findings = diagnose(await gatherFacts(env, findTarget(running, env, flags.url)));
  const failed = findings.filter(({ status }) => status === 'failed').length;
  if (flags.output === 'json') printJson(stdout, { healthy: failed === 0, findings });
  else printFindings(stdout, findings);
  if (failed > 0) context.process.exitCode = EXIT.unexpected;
}

function printFindings(stream: OutputStream, findings: readonly Finding[]): void {
  for (const { check, status, text, next } of findings) {
    stream.write(`${MARKS[status]}  ${check}: ${text}\n`);
    if (next !== undefined) stream.write(`         next: ${next}\n`);
  }
}
