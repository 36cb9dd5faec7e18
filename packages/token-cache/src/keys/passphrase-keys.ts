import { join } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { atomicWrite } from '../file/atomic-write.js';
import { systemCode } from '../file/file-problem.js';
import { makePrivateDirectory } from '../file/private-directory.js';
import { readPrivateFile } from '../file/read-private-file.js';
import { KEY_BYTES, keyRing, type KeyRing } from '../sealing/key-ring.js';
import type { Exclusive, KeySource } from '../sealing/key-source.js';
import { unavailableKeys } from './unavailable-keys.js';
import { builtins } from '../lib/builtins.js';

/** Options of {@link passphraseKeys}. */
export interface PassphraseKeysOptions {
  /** The file with the passphrase, at least 12 characters; white space around it does not count. */
  readonly file: string;
  /** Where the salt is kept: the folder of the tokens. */
  readonly directory: string;
}

/** scrypt (RFC 7914) with N = 2^17, r = 8, p = 1, as OWASP recommends: 128 MiB and some tenths of a second. */
const COST = { N: 131_072, r: 8, p: 1, maxmem: 192 * 1_048_576 };
const SALT_BYTES = 16;
const LEAST_CHARACTERS = 12;
/** Readable by everybody, or writable by the group: then it is no secret. Orchestrators may give the group reading. */
const TOO_OPEN = 0o027;

/**
 * A key from a passphrase in a file, for machines without a keyring. The salt lies beside the tokens and is no secret.
 * Another passphrase gives a key with another id: what the old one sealed is a miss.
 */
export function passphraseKeys({ file, directory }: PassphraseKeysOptions): KeySource {
  return {
    tier: 'passphrase',
    async load(exclusive = (work) => work()) {
      const passphrase = await readPassphrase(file);
      return deriveKeys(passphrase, await saltOf(directory, exclusive));
    },
  };
}

async function readPassphrase(file: string): Promise<string> {
  const mode = await builtins.fsPromises.stat(file).then(
    (found) => found.mode,
    (error: unknown) => {
      throw unavailableKeys(
        `The passphrase file ${file} cannot be read: ${systemCode(error) || 'unknown failure'}.`,
        'Set AML_AUTH_CACHE_PASSPHRASE_FILE to a file that this user can read.',
      );
    },
  );
  if (process.platform !== 'win32' && (mode & TOO_OPEN) !== 0) {
    throw badPassphrase(`The passphrase file ${file} is open to other users.`, `Run: chmod 600 ${file}`);
  }
  const passphrase = (await builtins.fsPromises.readFile(file, 'utf8')).trim();
  if (passphrase.length >= LEAST_CHARACTERS) return passphrase;
  throw badPassphrase(
    `The passphrase in ${file} is shorter than ${LEAST_CHARACTERS} characters.`,
    'Put a longer one there; a random one is best.',
  );
}

async function saltOf(directory: string, exclusive: Exclusive): Promise<Buffer> {
  const path = join(directory, 'passphrase.salt');
  const read = (): Buffer | undefined => {
    const data = readPrivateFile(path)?.data;
    return data?.length === SALT_BYTES ? data : undefined;
  };
  return (
    read() ??
    exclusive(async () => {
      const kept = read();
      if (kept !== undefined) return kept;
      const salt = builtins.crypto.randomBytes(SALT_BYTES);
      makePrivateDirectory(directory);
      await atomicWrite(path, salt);
      return salt;
    })
  );
}

async function deriveKeys(passphrase: string, salt: Buffer): Promise<KeyRing> {
  const master = await new Promise<Buffer>((resolve, reject) => {
    builtins.crypto.scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  const derive = (purpose: string): Buffer =>
    Buffer.from(
      builtins.crypto.hkdfSync(
        'sha256',
        master,
        Buffer.alloc(0),
        `aml-auth passphrase ${purpose}`,
        KEY_BYTES,
      ),
    );
  const id = builtins.crypto.createHash('sha256').update(derive('id')).digest('hex').slice(0, 12);
  return keyRing([{ id, bytes: derive('key') }]);
}

function badPassphrase(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
