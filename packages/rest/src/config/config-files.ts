import { AmlAuthError } from '@aml-auth/core';

/** What a search for config files does with the file system. */
export interface ConfigFiles {
  /** The absolute path; `~` at its start is the home of the user. */
  absolute(path: string): string;
  join(...parts: string[]): string;
  /** The folder, then its parents by their real names, so many at most. */
  foldersFrom(folder: string, parents: number): Promise<readonly string[]>;
  /** True for a regular file, also behind a link; false where that cannot be told. */
  isFile(path: string): Promise<boolean>;
  /** @throws {AmlAuthError} `AML_CONFIG_INVALID` */
  read(path: string): Promise<string>;
}

/** Three names need a few hundred bytes. */
const MAX_BYTES = 1024 * 1024;

/** The {@link ConfigFiles} of this machine. Loads what is special to Node.js only now. */
export async function configFiles(): Promise<ConfigFiles> {
  const [fs, path, os] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('node:os'),
  ]);

  /** The real path, also of what is not there: then that of the closest parent that is. */
  async function real(place: string): Promise<string> {
    try {
      return await fs.realpath(place);
    } catch {
      const parent = path.dirname(place);
      return parent === place ? place : path.join(await real(parent), path.basename(place));
    }
  }

  /** The text; undefined beyond the limit. What the file system says of the size is not relied on. */
  async function start(place: string): Promise<string | undefined> {
    const file = await fs.open(place);
    try {
      const bytes = Buffer.alloc(MAX_BYTES + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length <= MAX_BYTES; length += read) {
        read = (await file.read(bytes, length, bytes.length - length)).bytesRead;
      }
      return length > MAX_BYTES ? undefined : bytes.toString('utf8', 0, length);
    } finally {
      await file.close();
    }
  }

  return {
    absolute: (place) => path.resolve(place.replace(/^~(?=$|[/\\])/, () => os.homedir())),
    join: (...parts) => path.join(...parts),
    async foldersFrom(folder, parents) {
      const folders = [folder];
      let last = await real(folder);
      while (folders.length <= parents && path.dirname(last) !== last) {
        last = path.dirname(last);
        folders.push(last);
      }
      return folders;
    },
    async isFile(place) {
      try {
        return (await fs.stat(place)).isFile();
      } catch {
        return false;
      }
    },
    async read(place) {
      const text = await start(place).catch((error: unknown) => unreadable(place, error));
      if (text === undefined) throw invalid(place, `it has more than ${String(MAX_BYTES)} bytes`);
      return text;
    },
  };
}

function unreadable(path: string, cause: unknown): never {
  const reason = (cause as { code?: unknown } | null)?.code;
  throw invalid(path, `it cannot be read (${typeof reason === 'string' ? reason : 'unknown reason'})`, cause);
}

function invalid(path: string, problem: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `The workspace configuration ${path} cannot be used: ${problem}.`,
    remedy: 'Check that it is the file that was meant, and that this user may read it.',
    cause,
  });
}
