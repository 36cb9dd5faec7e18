import type { Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Where tokens are kept, and the round trip through the keyring. */
export function checkStore({ store }: Facts): readonly Finding[] {
  const report = reportOn('token-store');
  if (store === undefined) return [report.skipped('not looked at')];
  const { directory, tier, skipped, degraded } = store;
  const why = skipped.map((one) => `${one.tier}: ${one.reason}`).join(' ');
  if (degraded !== undefined)
    return [report.warning(degraded, 'Check the folder and the space on its disk.')];
  if (tier === 'memory') {
    return [
      report.warning(
        `Tokens are not kept. ${why}`,
        'Set AML_AUTH_CACHE_PASSPHRASE_FILE or AML_AUTH_CACHE_KEY, or install @napi-rs/keyring.',
      ),
    ];
  }
  if (tier === 'plaintext')
    return [
      report.warning(`${directory}: tokens lie in the clear`, 'Set a key, then run: aml-auth cache migrate'),
    ];
  return [report.ok(`${directory}, tier ${tier}`)];
}

/** Files that give no token. */
export function checkTokens({ verification }: Facts): readonly Finding[] {
  const report = reportOn('tokens');
  if (verification === undefined) return [report.skipped('not looked at')];
  const { readable, expired, problems, abandoned } = verification;
  const [first] = problems;
  if (first === undefined) {
    const said = `${readable} readable, ${expired} expired`;
    if (abandoned.length === 0) return [report.ok(said)];
    const leases = abandoned.filter(({ kind }) => kind === 'lease').length;
    return [
      report.warning(
        `${said}; of dead processes: ${leases} locks, ${abandoned.length - leases} unfinished files`,
        'Run: aml-auth doctor --fix',
      ),
    ];
  }
  return [
    report.warning(
      `${first.file} ${first.problem} (${problems.length} in all)`,
      'Run: aml-auth cache verify',
    ),
  ];
}

/** Settings and accounts. */
export function checkFiles({ unsafeFiles, localProblem }: Facts): readonly Finding[] {
  const report = reportOn('files');
  if (unsafeFiles.length > 0) {
    const told = unsafeFiles.map(({ path, problem }) => `${path} is ${problem}`).join('; ');
    const foreign = unsafeFiles.find(({ mode }) => mode === undefined);
    const fix =
      foreign === undefined
        ? 'Run: aml-auth doctor --fix'
        : `Remove ${foreign.path}, or set AML_AUTH_CACHE_DIR to a folder of your own.`;
    return [report.failed(told, fix)];
  }
  if (localProblem !== undefined) return [report.failed(localProblem.message, localProblem.remedy)];
  return [report.ok('settings and accounts can be read, by this user alone')];
}
