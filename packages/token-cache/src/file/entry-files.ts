import { join } from 'node:path';
import type { TokenKey } from '@aml-auth/core';
import { entryAddress } from '../entry/entry-address.js';
import type { SealingContext } from '../sealing/seal.js';
import { systemCode } from './file-problem.js';
import { builtins } from '../lib/builtins.js';

/** Where one entry lies. */
export interface EntryPlace extends SealingContext {
  /** The folder of the partition. */
  readonly folder: string;
  readonly path: string;
  readonly leasePath: string;
}

/** The folder of this version of the layout: another version lies beside it, and neither touches the other. */
const LAYOUT = 'v1';
const ENTRY = '.tok';
const HASH = /^[0-9a-f]{64}$/;

/** The folder that holds the folders of all partitions. */
export function layoutFolder(directory: string): string {
  return join(directory, LAYOUT);
}

/** Where the entry of the key lies. */
export function entryPlace(directory: string, key: TokenKey): EntryPlace {
  const { partition, name } = entryAddress(key);
  return placeOf(directory, partition, name);
}

function placeOf(directory: string, partition: string, name: string): EntryPlace {
  const folder = join(layoutFolder(directory), partition);
  return {
    partition,
    name,
    folder,
    path: join(folder, name + ENTRY),
    leasePath: join(folder, `${name}.lease`),
  };
}

/** The places of all entries there are, in order of their names. */
export async function entryPlaces(directory: string): Promise<readonly EntryPlace[]> {
  const places: EntryPlace[] = [];
  for (const partition of await partitionsOf(directory)) {
    for (const file of await namesIn(join(layoutFolder(directory), partition))) {
      const name = file.endsWith(ENTRY) ? file.slice(0, -ENTRY.length) : '';
      if (HASH.test(name)) places.push(placeOf(directory, partition, name));
    }
  }
  return places;
}

/** Paths of the other files: put aside, left behind, leases. */
export async function otherFiles(directory: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const partition of await partitionsOf(directory)) {
    const folder = join(layoutFolder(directory), partition);
    const names = (await namesIn(folder)).filter((name) => !name.endsWith(ENTRY));
    paths.push(...names.map((name) => join(folder, name)));
  }
  return paths;
}

/** Removes the file; false where there is none. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await builtins.fsPromises.unlink(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function partitionsOf(directory: string): Promise<readonly string[]> {
  return (await namesIn(layoutFolder(directory))).filter((name) => HASH.test(name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await builtins.fsPromises.readdir(folder)).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
