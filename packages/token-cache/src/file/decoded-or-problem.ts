import { type AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import type { DecodedEntry, EntryProblem } from './entry-codec.js';
import { entryPlaces, type EntryPlace } from './entry-files.js';
import { fileFailure } from './file-problem.js';
import { vaultOf, type FileTokenStore } from './file-token-store.js';

/** A file that gives no token. */
export interface FileProblem {
  /** Absolute path of the file. */
  readonly file: string;
  /** What is wrong with it, to be read after its name: `is damaged`. */
  readonly problem: string;
  /** What to do about it, in a sentence. */
  readonly remedy: string;
}

/** A file with what it holds, or what is wrong with it. */
export interface SeenFile {
  readonly place: EntryPlace;
  readonly decoded?: Extract<DecodedEntry, { ok: true }> | undefined;
  readonly problem?: FileProblem | undefined;
}

/** What each problem means, and what to do. */
const PROBLEMS: Readonly<Record<EntryProblem, readonly [string, string]>> = {
  malformed: ['is damaged', 'Nothing: it is put aside when its token is asked for next.'],
  'not-authentic': [
    'was changed, or was sealed by another key of the same name',
    'Find out who writes there.',
  ],
  misplaced: ['holds the token of another key', 'Find out who writes there.'],
  'unknown-key': ['is sealed by a key that is not here', 'Nothing: the next sign-in replaces it.'],
  'unknown-version': ['is of a later version', 'Update @aml-auth/token-cache.'],
  plaintext: ['is not sealed', 'Remove it: the token lay there in the clear.'],
};

/** Every file of the store. Changes nothing. */
export async function decodedOrProblem(store: FileTokenStore): Promise<readonly SeenFile[]> {
  const { vault } = vaultOf(store);
  const { codec } = await vault.tier();
  if (codec === undefined) return [];
  const seen: SeenFile[] = [];
  for (const place of await entryPlaces(store.directory)) {
    try {
      const decoded = vault.look(place, codec);
      if (decoded === undefined) continue;
      seen.push(decoded.ok ? { place, decoded } : { place, problem: problemOf(place, decoded.reason) });
    } catch (error) {
      seen.push({ place, problem: refused(place, error) });
    }
  }
  return seen;
}

function problemOf({ path }: EntryPlace, reason: EntryProblem): FileProblem {
  const [problem, remedy] = PROBLEMS[reason];
  return { file: path, problem, remedy };
}

function refused({ path }: EntryPlace, error: unknown): FileProblem {
  const said: AmlAuthError = isAmlAuthError(error) ? error : fileFailure('read', path, error);
  return { file: path, problem: said.message, remedy: said.remedy ?? '' };
}
