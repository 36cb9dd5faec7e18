import { join } from 'node:path';
import type { CliContext, OutputStream } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { present } from '../../../output/present.js';
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
  if (flags.output === 'table' && flags.query === undefined) printFindings(stdout, findings);
  else {
    await present(context, flags, { healthy: failed === 0, findings }, () => ({
      headings: ['check', 'status', 'text', 'next'],
      rows: findings.map(({ check, status, text, next }) => [check, status, text, next]),
    }));
  }
  if (failed > 0) context.process.exitCode = EXIT.unexpected;
}

function printFindings(stream: OutputStream, findings: readonly Finding[]): void {
  for (const { check, status, text, next } of findings) {
    stream.write(`${MARKS[status]}  ${check}: ${text}\n`);
    if (next !== undefined) stream.write(`         next: ${next}\n`);
  }
}
