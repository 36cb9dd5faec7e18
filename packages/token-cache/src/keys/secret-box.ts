import { isAmlAuthError } from '@aml-auth/core';
import { keyRing, type KeyRing } from '../sealing/key-ring.js';
import type { Exclusive, KeySource, KeyTier } from '../sealing/key-source.js';
import { decodeKeys, encodeKeys, newSealingKey, withNewKey } from './key-text.js';
import { unavailableKeys } from './unavailable-keys.js';
import { builtins } from '../lib/builtins.js';

/** A place of the system that keeps small secrets by name. */
export interface SecretBox {
  /** What it is, for people. */
  readonly title: string;
  read(name: string): Promise<string | undefined>;
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** How keys are kept in a {@link SecretBox}. */
export interface BoxedKeysOptions {
  readonly tier: KeyTier;
  /** Opened on first use. Rejects where there is no such place here. */
  readonly open: () => Promise<SecretBox>;
  /** Longest time for all that is asked of it at once. Milliseconds. */
  readonly limitMs: number;
}

/** The name that the keys have in the box. */
const NAME = 'token-cache-key';
const NONE: Exclusive = (work) => work();

/**
 * Keys in a place of the system. Where it has none yet, it is tried first: a secret is written, read, compared and
 * deleted, since such places may take a secret and never give it back. A place that has the keys has proved itself.
 */
export function boxedKeys({ tier, open, limitMs }: BoxedKeysOptions): KeySource {
  async function load(exclusive: Exclusive): Promise<KeyRing> {
    const box = await open();
    const kept = await keptKeys(box);
    if (kept !== undefined) return kept;
    return exclusive(async () => (await keptKeys(box)) ?? (await firstKey(box)));
  }

  async function rotate(exclusive: Exclusive): Promise<KeyRing> {
    const box = await open();
    return exclusive(async () => {
      const kept = await keptKeys(box);
      return kept === undefined ? firstKey(box) : keep(box, withNewKey(kept));
    });
  }

  const bounded = (work: (exclusive: Exclusive) => Promise<KeyRing>, exclusive = NONE): Promise<KeyRing> =>
    withinLimit(tier, work(exclusive), limitMs);
  return {
    tier,
    load: (exclusive) => bounded(load, exclusive),
    rotate: (exclusive) => bounded(rotate, exclusive),
  };
}

async function keptKeys(box: SecretBox): Promise<KeyRing | undefined> {
  const text = await box.read(NAME);
  return text === undefined ? undefined : decodeKeys(text, `${box.title}, entry ${NAME},`);
}

async function firstKey(box: SecretBox): Promise<KeyRing> {
  await requireWorking(box);
  return keep(box, keyRing([newSealingKey()]));
}

async function keep(box: SecretBox, ring: KeyRing): Promise<KeyRing> {
  await box.write(NAME, encodeKeys(ring));
  // What others will read counts, should another process have written at the same time.
  return (await keptKeys(box)) ?? ring;
}

async function requireWorking(box: SecretBox): Promise<void> {
  const [name, secret] = [
    `probe-${builtins.crypto.randomBytes(6).toString('hex')}`,
    builtins.crypto.randomBytes(16).toString('hex'),
  ];
  try {
    await box.write(name, secret);
    if ((await box.read(name)) === secret) return;
  } finally {
    await box.remove(name).catch(() => undefined);
  }
  throw unavailableKeys(`${box.title} does not give back what was written.`, 'Repair or unlock it.');
}

/** Rejects when time is over; the work behind it may go on, since the system cannot be told to stop. */
async function withinLimit<T>(tier: KeyTier, work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const remedy = 'Unlock it, or give keys in AML_AUTH_CACHE_KEY.';
      reject(unavailableKeys(`The ${tier} tier did not answer within ${limitMs} ms.`, remedy));
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } catch (error) {
    if (isAmlAuthError(error)) throw error;
    const said = error instanceof Error ? error.message : 'unknown failure';
    throw unavailableKeys(
      `The ${tier} tier failed: ${said}`,
      'Unlock it, or give keys in AML_AUTH_CACHE_KEY.',
    );
  } finally {
    clearTimeout(timer);
  }
}
