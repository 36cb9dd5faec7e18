import { resolve } from 'node:path';
import { syncCatalogue, type Catalogue } from '@aml-auth/rbac';
import type { ArmClient } from '@aml-auth/rest';
import { scopeOf } from '../../../access/scope-of.js';
import type { CliContext } from '../../../context.js';
import { EXIT } from '../../../exit-code.js';
import { writeOwnFile } from '../../../files/write-own-file.js';
import { present } from '../../../output/present.js';
import { startProgress } from '../../../output/progress.js';
import { openClients } from '../../../settings/open-clients.js';
import type { CatalogueFile } from '../catalogue-file.js';
import type { RoleSyncFlags } from './command.js';
import { compareCatalogues, type CatalogueChange } from './compare-catalogues.js';
import { readCatalogueFile } from './read-catalogue-file.js';

const EMPTY: Catalogue = { roleDefinitions: [], operations: [] };

/** Runs `aml-auth role sync`. */
export async function sync(context: CliContext, flags: RoleSyncFlags): Promise<void> {
  const path = resolve(context.cwd, flags.out);
  const before = await readCatalogueFile(path);
  const after = await fromAzure(context, flags);
  const changes = compareCatalogues(before ?? EMPTY, after);
  const { process, messages } = context;
  if (flags.dryRun) {
    if (changes.length > 0) process.exitCode = EXIT.differs;
  } else {
    await writeOwnFile(path, after);
    process.stderr.write(`${messages.say.written(path)}\n`);
  }
  const summary = {
    file: path,
    scope: after.scope,
    comparedWith: before?.syncedAt,
    roles: countOf(changes, 'role', after.roleDefinitions.length),
    operations: countOf(changes, 'operation', after.operations.length),
  };
  await present(context, flags, { ...summary, written: !flags.dryRun, changes }, () => {
    const record = { ...summary, roles: countText(summary.roles), operations: countText(summary.operations) };
    // Where there was no file all is new: no news.
    if (before === undefined || changes.length === 0) return { record };
    return {
      record,
      headings: ['change', 'kind', 'name', 'parts'],
      rows: changes.map(({ change, kind, name, parts }) => [change, kind, name, parts.join(', ')]),
    };
  });
}

async function fromAzure(context: CliContext, flags: RoleSyncFlags): Promise<CatalogueFile> {
  const known = await openClients(context, flags);
  const scope = scopeOf(flags, known);
  const waiting = context.messages.say.waiting();
  const progress = startProgress(context, waiting);
  const { arm } = known;
  /** Says of which provider the operations are being read. */
  const request: ArmClient['request'] = (wanted) => {
    progress.update(`${waiting} (${wanted.path.slice(wanted.path.lastIndexOf('/') + 1)})`);
    return arm.request(wanted);
  };
  const watched = { request, list: arm.list.bind(arm) };
  try {
    const { providers } = flags;
    const catalogue = await syncCatalogue(watched, { scope, providers, signal: context.signal });
    const syncedAt = new Date().toISOString();
    return { format: 'aml-auth/catalogue', version: 1, syncedAt, scope, ...catalogue };
  } finally {
    progress.stop();
  }
}

interface Counts extends Readonly<Record<CatalogueChange['change'], number>> {
  readonly total: number;
}

function countOf(changes: readonly CatalogueChange[], kind: CatalogueChange['kind'], total: number): Counts {
  const count = (change: CatalogueChange['change']): number =>
    changes.filter((one) => one.kind === kind && one.change === change).length;
  return { total, added: count('added'), removed: count('removed'), changed: count('changed') };
}

function countText({ total, added, removed, changed }: Counts): string {
  return `${total} (${added} added, ${removed} removed, ${changed} changed)`;
}
