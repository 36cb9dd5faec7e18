import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * Keeps secrets of resources out of the state: rows hold them sealed with a key that only this run has, so
 * that a snapshot gives nothing away and yet can be restored in the same run.
 */
export interface Vault {
  /** The text, sealed for a row. */
  seal(text: string): string;
  /** What was sealed; undefined where another run sealed it, or nobody. */
  open(sealed: string): string | undefined;
  /** A secret of this run that belongs to a name: the same whenever it is asked for. 43 characters of base64url. */
  derive(...name: readonly string[]): string;
}

const ALGORITHM = 'aes-256-gcm';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** A {@link Vault} with a key of its own. */
export function createVault(): Vault {
  const key = randomBytes(32);
  return {
    seal(text) {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv(ALGORITHM, key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const tagEnd = IV_LENGTH + TAG_LENGTH;
      if (bytes.length < tagEnd) return undefined;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_LENGTH), {
        authTagLength: TAG_LENGTH,
      });
      decipher.setAuthTag(bytes.subarray(IV_LENGTH, tagEnd));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    derive: (...name) =>
      createHmac('sha256', key)
        .update(JSON.stringify(name.map((part) => part.toLowerCase())))
        .digest('base64url'),
  };
}

/** A new secret of 32 letters and digits, as the service makes keys. */
export function newKey(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  // Bytes beyond a multiple of the alphabet would make its first letters more likely.
  while (text.length < 32) {
    for (const byte of randomBytes(64)) if (byte < 248) text += alphabet[byte % alphabet.length] ?? '';
  }
  return text.slice(0, 32);
}
