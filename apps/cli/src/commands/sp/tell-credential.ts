import type { AddedCredential } from '@aml-auth/rbac';
import type { CliContext } from '../../context.js';
import type { SecretFile } from '../../files/secret-file.js';
import type { OutputFlags } from '../../output/output-format.js';
import { present } from '../../output/present.js';
import type { Cell } from '../../output/print-table.js';
import { credentialView, secretOf } from './credential-view.js';

/** Prints a new credential. What is secret of it goes to the file; without one, a secret is printed too. */
export async function tellCredential(
  context: CliContext,
  flags: OutputFlags,
  added: AddedCredential,
  file: SecretFile | undefined,
  more: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const { stderr } = context.process;
  const { say } = context.messages;
  const secret = secretOf(added);
  const record: Record<string, Cell> = { ...credentialView(added), created: added.created };
  if (secret !== undefined && file !== undefined) {
    await file.write(secret);
    record['credentialFile'] = file.path;
    stderr.write(`${say.written(file.path)}\n`);
  } else if (secret !== undefined) {
    record['password'] = secret;
    stderr.write(`${say.secretPrinted()}\n`);
  }
  await present(context, flags, { ...record, ...more }, () => ({
    record: {
      ...record,
      ...Object.fromEntries(
        Object.entries(more).map(([name, ids]) => [name, ids.length === 0 ? undefined : ids.join(', ')]),
      ),
    },
  }));
}
