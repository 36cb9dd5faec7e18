import { AmlAuthError } from '@aml-auth/core';
import type { Document, LineCounter } from 'yaml';

import type { Graph } from '../graph/graph-client.js';
import { resolvePrincipal } from '../graph/resolve-principal.js';
import {
  accessFileSchema,
  type AccessFile,
  type WantedAssignment,
  type WrittenAccessFile,
} from './access-file.js';

/** How {@link parseAccessFile} reads. */
export interface ParseAccessFileOptions {
  /** Of the file, for errors. */
  readonly name?: string | undefined;
  /** Looks up principals that are given by name; without it, all must be given by object id and type. */
  readonly graph?: Graph | undefined;
  /** Ends looking principals up with `AML_CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
}

/** Problems that are named in one error. */
const SHOWN = 10;

/** Aliases that are followed: a small file must not grow without end. */
const MAX_ALIASES = 100;

/**
 * The access that should be, from YAML 1.2 or JSON. Loads `yaml` when it is called first.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names each place by line, at most ten; what `resolvePrincipal`
 *   throws for a principal that is given by name
 */
export async function parseAccessFile(
  text: string,
  options: ParseAccessFileOptions = {},
): Promise<AccessFile> {
  return resolved(await read(text, options.name ?? 'The access file'), options);
}

/** Asks once for each principal. */
async function resolved(
  file: WrittenAccessFile,
  { graph, signal }: ParseAccessFileOptions,
): Promise<AccessFile> {
  const known = new Map<string, Pick<WantedAssignment, 'principalId' | 'principalType'>>();
  const assignments: WantedAssignment[] = [];
  for (const one of file.assignments) {
    if (!('principal' in one)) {
      assignments.push(one);
      continue;
    }
    const { principal, ...rest } = one;
    let found = known.get(principal);
    if (found === undefined) {
      const { objectId, type } = await resolvePrincipal(graph, principal, { signal });
      found = { principalId: objectId, principalType: type };
      known.set(principal, found);
    }
    assignments.push({ ...rest, ...found });
  }
  return { ...file, assignments };
}

async function read(text: string, name: string): Promise<WrittenAccessFile> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = document.errors.map(
    ({ message, pos: [start] }) => `line ${lines.linePos(start).line}: ${message}`,
  );
  if (faults.length > 0) throw invalid(name, faults);
  const result = accessFileSchema.safeParse(toValue(document, name));
  if (result.success) return result.data;
  throw invalid(
    name,
    result.error.issues.map(({ path, message }) => {
      const where = path.length === 0 ? 'it' : path.map(String).join('.');
      return `${placeOf(document, path, lines)}${where} ${inWords(message)}`;
    }),
  );
}

/** Of what is not there, that is said, and what it should be. */
function inWords(message: string): string {
  const fault = message.replace(/^Invalid (?:input|option): /, '').replaceAll('|', ', ');
  const [, wanted] = /^expected (.+), received undefined$/.exec(fault) ?? [];
  return wanted === undefined ? fault : `is missing (expected ${wanted})`;
}

function toValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw invalid(name, [error instanceof Error ? error.message : 'it cannot be read']);
  }
}

/** The line of the nearest part that is there. */
function placeOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range)) return `line ${lines.linePos(Number(range[0])).line}: `;
  }
  return '';
}

function invalid(name: string, faults: readonly string[]): AmlAuthError {
  const more = faults.length > SHOWN ? ` … and ${faults.length - SHOWN} more` : '';
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${name} cannot be read: ${faults.slice(0, SHOWN).join('; ')}${more}.`,
    remedy:
      'Correct it. It has version: 1, the scopes that it owns, and lists of roles and assignments, in YAML or JSON.',
  });
}
