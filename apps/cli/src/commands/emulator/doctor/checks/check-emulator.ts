import type { Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Whether an emulator runs, answers, and has a certificate that is valid by this machine's clock. */
export function checkEmulator(facts: Facts): readonly Finding[] {
  const { reach, target } = facts;
  const report = reportOn('emulator');
  if (target === undefined || reach === undefined) {
    return [report.failed('None is known.', 'Start one with "aml-auth emulator up" in another terminal.')];
  }
  const { outcome } = reach;
  if (outcome.kind === 'answered') {
    const mode = target.proxy ? ', as a proxy too' : '';
    return [report.ok(`It answers at ${target.origin}${mode}.`), checkClock(facts)];
  }
  if (outcome.code === 'ECONNREFUSED') {
    return [
      report.failed(
        `Nothing listens at ${target.origin}: the emulator that this shell is set up for has ended.`,
        'Start it again and set the shell up anew.',
      ),
    ];
  }
  const isClock = /^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/.test(outcome.code);
  return isClock
    ? [checkClock(facts)]
    : [
        report.failed(
          `It cannot be reached at ${target.origin} (${outcome.code}).`,
          'Check that no other program has the port, and start it again.',
        ),
      ];
}

function checkClock({ now, reach }: Facts): Finding {
  const report = reportOn('clock');
  const { validFrom, validTo } = reach ?? {};
  if (validFrom === undefined || validTo === undefined) {
    return report.failed(
      'By the clock of this machine, the certificate of the emulator is not valid.',
      'Set the clock, and start the emulator again.',
    );
  }
  const time = new Date(now).toISOString();
  if (now >= validFrom && now <= validTo) return report.ok(`${time}; the certificate is valid.`);
  return report.failed(
    `It says ${time}, and the certificate of the emulator is valid from ${new Date(validFrom).toISOString()} to ${new Date(validTo).toISOString()}.`,
    'Set the clock, or start the emulator again for a new certificate.',
  );
}
