import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with real executables whose scripts are Node.js modules. */
export interface ProgramFolder {
  readonly folder: string;
  /** Writes a program and gives its path. @param script - the body of a CommonJS module */
  make(name: string, script: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes the folder. */
export async function programFolder(): Promise<ProgramFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
  return {
    folder,
    async make(name, script) {
      const path = join(folder, name);
      await writeFile(path, `#!${process.execPath}\n${script}\n`);
      await chmod(path, 0o700);
      return path;
    },
    // A program that was ended may still be on its way out.
    remove: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}
