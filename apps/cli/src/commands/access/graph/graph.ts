import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collectAccess, parseAccessCollection } from '@aml-auth/rbac';
import { scopeOf } from '../../../access/scope-of.js';
import { accessGraph } from '../../../access-graph/access-graph.js';
import type { AccessGraphData } from '../../../access-graph/graph-data.js';
import { graphPage } from '../../../access-graph/graph-page.js';
import { openFile } from '../../../access-graph/open-file.js';
import { readNames, readWorkspace } from '../../../access-graph/read-surroundings.js';
import type { CliContext } from '../../../context.js';
import { readTextFile } from '../../../files/read-text-file.js';
import { writeOwnText } from '../../../files/write-own-text.js';
import { present } from '../../../output/present.js';
import type { Cell } from '../../../output/print-table.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import type { AccessGraphFlags } from './command.js';

/** Runs `aml-auth access graph`. */
export async function graph(context: CliContext, flags: AccessGraphFlags): Promise<void> {
  const { messages } = context;
  const { stderr, env } = context.process;
  const data =
    flags.from === undefined ? await fromAzure(context, flags) : await fromFile(context, flags.from);
  if (data.unreadable.length > 0) stderr.write(`${messages.say.unreadable(data.unreadable.join(', '))}\n`);
  const isData = flags.output !== 'table' || flags.query !== undefined;
  const file = isData && !flags.open ? flags.out : (flags.out ?? 'access-graph.html');
  if (file !== undefined) {
    const path = resolve(context.cwd, file);
    await writeOwnText(path, graphPage(data, messages.locale));
    stderr.write(`${messages.say.written(path)}\n`);
    if (flags.open) await openFile(pathToFileURL(path).href, env);
  }
  await present(context, flags, data, () => ({ record: summary(data) }));
}

async function fromFile(context: CliContext, name: string): Promise<AccessGraphData> {
  const text = await readTextFile(context, name, 'Give a file of "aml-auth access collect".');
  return accessGraph(parseAccessCollection(text));
}

async function fromAzure(context: CliContext, flags: AccessGraphFlags): Promise<AccessGraphData> {
  const known = await openClients(context, flags);
  const workspace = flags.workspace ?? known.settings.workspace?.value;
  const isWorkspace =
    flags.scope === undefined && flags.subscription === undefined && flags.resourceGroup === undefined;
  const scope = scopeOf(isWorkspace ? { ...flags, workspace } : flags, known);
  const { signal, messages } = context;
  const progress = startProgress(context, messages.say.waiting());
  try {
    const around = await readWorkspace(context, known, scope);
    const scopes = [scope, ...around.dependents];
    const collection = await collectAccess(known.arm, { scopes, graph: known.graph, signal });
    const identities = (around.environment.identities ?? []).map(({ principalId }) => principalId);
    const { names, unreadable } = await readNames(context, known, collection, identities);
    const environment = around.environment.workspaces === undefined ? undefined : around.environment;
    const all = [...around.unreadable, ...unreadable];
    return accessGraph(collection, { names, environment, scopes, unreadable: all });
  } finally {
    progress.stop();
  }
}

function summary({ principals, accesses, scopes }: AccessGraphData): Record<string, Cell> {
  const count = (kind: string): number => accesses.filter((one) => one.kind === kind).length;
  return {
    principals: principals.length,
    roles: count('role'),
    eligible: count('eligible'),
    denyAssignments: count('deny'),
    waysToMore: count('escalation'),
    scopes: scopes.length,
  };
}
