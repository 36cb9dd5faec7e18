import { verifyTokenStore } from '@aml-auth/token-cache';
import { accountStore } from '../../../accounts/account-store.js';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import type { OutputFlags } from '../../../output/output-format.js';
import { present } from '../../../output/present.js';

/** Runs `aml-auth cache verify`. */
export async function verify(context: CliContext, flags: OutputFlags): Promise<void> {
  const result = await verifyTokenStore(accountStore(context.process.env, true));
  const { readable, expired, problems } = result;
  await present(context, flags, { ...result }, () =>
    problems.length === 0
      ? { record: { readable, expired, problems: 0 } }
      : {
          headings: ['file', 'problem', 'next'],
          rows: problems.map(({ file, problem, remedy }) => [file, problem, remedy]),
        },
  );
  if (problems.length > 0) context.process.exitCode = EXIT.localState;
}
