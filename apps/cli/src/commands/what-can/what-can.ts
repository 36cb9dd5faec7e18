import { whatCan } from '@aml-auth/permissions';
import type { AccessFlags, PrincipalFlag } from '../../access/access-flags.js';
import { accessOfOne } from '../../access/read-snapshot.js';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';

const VERDICTS = ['allowed', 'eligible', 'unknown', 'denied', 'notAllowed'] as const;

/** Runs `aml-auth what-can`. */
export async function whatCanDo(context: CliContext, flags: AccessFlags & PrincipalFlag): Promise<void> {
  const { snapshot, scope, principalId, unreadable } = await accessOfOne(context, flags);
  const overview = whatCan(snapshot, { principalId, scope });
  const byVerdict = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, overview[verdict].map(({ request }) => request.action)]),
  );
  await present(context, flags, { principalId, scope, ...byVerdict, unreadable }, () => ({
    headings: ['operation', 'verdict'],
    rows: VERDICTS.filter((verdict) => verdict !== 'notAllowed').flatMap((verdict) =>
      overview[verdict].map(({ request }) => [request.action, verdict]),
    ),
  }));
}
