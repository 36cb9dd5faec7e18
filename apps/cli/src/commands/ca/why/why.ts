import { AmlAuthError, defaultScope, isAmlAuthError } from '@aml-auth/core';
import { whyBlocked, type BlockedSignIn, type GraphClient, type WhyBlocked } from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { readTextFile } from '../../../files/read-text-file.js';
import { present } from '../../../output/present.js';
import { openClients } from '../../../settings/open-clients.js';
import type { CaWhyFlags } from './command.js';
import { blockedSignIn } from './blocked-sign-in.js';

/** Runs `aml-auth ca why`. */
export async function why(context: CliContext, flags: CaWhyFlags, file?: string): Promise<void> {
  if (file === undefined) {
    await whyNow(context, flags);
    return;
  }
  const blocked = blockedSignIn(await readTextFile(context, file, 'Give a file with an error, or -.'));
  if (blocked.aadsts === undefined && blocked.policyIds?.length === 0) {
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: 'The text has neither an AADSTS number nor the id of a policy.',
      remedy: 'Give the whole error, as the program printed it.',
    });
  }
  // Whoever is signed in nowhere still learns the ids and the next step.
  const graph = await openClients(context, flags).then(
    (clients) => clients.graph,
    (error: unknown) => {
      if (isAmlAuthError(error) && error.code === 'AML_NOT_CONFIGURED') return undefined;
      throw error;
    },
  );
  await tell(context, flags, await explain(context, graph, blocked));
}

async function whyNow(context: CliContext, flags: CaWhyFlags): Promise<void> {
  const { credential, cloud, graph } = await openClients(context, flags);
  const resource = flags.resource ?? cloud.machineLearning.audience;
  try {
    await credential.getToken(defaultScope(resource), { abortSignal: context.signal });
  } catch (error) {
    if (!isAmlAuthError(error) || !BLOCKED.has(error.code)) throw error;
    await tell(context, flags, await explain(context, graph, error));
    context.process.exitCode = EXIT.signInNeeded;
    return;
  }
  const summary = `The sign-in to ${resource} is not refused.`;
  await tell(context, flags, { summary, policies: [], remedy: '' });
}

const BLOCKED: ReadonlySet<string> = new Set(['AML_INTERACTION_REQUIRED', 'AML_CREDENTIAL_REJECTED']);

/** The policies may stand before Microsoft Graph as well: then their ids are all that can be told. */
async function explain(
  { signal }: CliContext,
  graph: GraphClient | undefined,
  blocked: BlockedSignIn,
): Promise<WhyBlocked> {
  try {
    return await whyBlocked(graph, blocked, { signal });
  } catch (error) {
    if (!isAmlAuthError(error) || error.code === 'AML_CANCELLED') throw error;
    return whyBlocked(undefined, blocked, { signal });
  }
}

async function tell(context: CliContext, flags: CaWhyFlags, told: WhyBlocked): Promise<void> {
  const { summary, remedy, command, policies } = told;
  const shown = policies.map(({ id, policy, wants, error }) => ({
    id,
    displayName: policy?.displayName,
    state: policy?.state,
    wants,
    error: error?.code,
  }));
  await present(context, flags, { summary, remedy, command, policies: shown }, () => ({
    headings: [],
    rows: [summary, remedy, command].flatMap((line) => (line === undefined || line === '' ? [] : [[line]])),
  }));
}
