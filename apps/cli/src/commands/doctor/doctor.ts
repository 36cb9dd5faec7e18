import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { clearTokenStore, tidyTokenStore } from '@aml-auth/token-cache';
import { accountStore } from '../../accounts/account-store.js';
import type { CliContext, OutputStream } from '../../context.js';
import { EXIT } from '../../exit-code.js';
import { present } from '../../output/present.js';
import { printable } from '../../output/printable.js';
import type { DoctorFlags } from './command.js';
import { diagnose } from './diagnose.js';
import type { Finding } from './finding.js';
import { gatherFacts } from './gather-facts.js';
import { findUnsafeFiles } from './gather-machine.js';
import { redactFinding } from './redact-finding.js';

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: '-      ',
};

/** Runs `aml-auth doctor`. */
export async function doctor(context: CliContext, flags: DoctorFlags): Promise<void> {
  const { stdout, env } = context.process;
  const repaired = flags.fix ? await repair(context) : [];
  const raw = diagnose(await gatherFacts(context, flags));
  const home = env['HOME'] ?? homedir();
  const findings = flags.redact ? raw.map((finding) => redactFinding(finding, home)) : raw;
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const output = flags.json ? 'json' : flags.output;
  if (output === 'table' && flags.query === undefined) printFindings(stdout, findings);
  else {
    await present(
      context,
      { ...flags, output },
      { version: 1, healthy: failed === 0, repaired, findings },
      () => ({
        headings: ['id', 'status', 'evidence', 'fix'],
        rows: findings.map(({ id, status, evidence, fix }) => [id, status, evidence, fix]),
      }),
    );
  }
  if (failed > 0) context.process.exitCode = EXIT.unexpected;
}

/** Repairs what is on this machine and cannot hurt: it closes our files to others, and forgets
 * what has expired and what dead processes left behind.
 */
async function repair({ messages, process: { env, stderr } }: CliContext): Promise<readonly string[]> {
  const repaired: string[] = [];
  for (const { path, mode } of await findUnsafeFiles(env)) {
    if (mode === undefined) continue;
    await chmod(path, mode);
    repaired.push(`chmod ${mode.toString(8)} ${path}`);
  }
  const store = accountStore(env, true);
  const count = await clearTokenStore(store, { expired: true });
  if (count > 0) repaired.push(messages.say.cleared(count));
  for (const path of await tidyTokenStore(store)) repaired.push(`rm ${path}`);
  for (const line of repaired) stderr.write(`${line}\n`);
  return repaired;
}

function printFindings(stream: OutputStream, findings: readonly Finding[]): void {
  for (const { id, status, evidence, fix } of findings) {
    stream.write(`${MARKS[status]}  ${id}: ${printable(evidence)}\n`);
    if (fix !== undefined) stream.write(`         fix: ${printable(fix)}\n`);
  }
}
