import { parseDocument } from 'yaml';
import * as z from 'zod';

import { describeIssue } from '../core/describe-issue.js';
import type { EmulatorSeed } from './emulator-seed.js';
import { invalidSeed } from './invalid-seed.js';
import { seedSchema } from './seed-schema.js';

/**
 * Reads a seed: an object, or JSON or YAML text.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names the place in the seed
 */
export function parseSeed(input: unknown): EmulatorSeed {
  const result = seedSchema.safeParse(readSeedValue(input));
  if (result.success) return result.data;
  throw invalidSeed(describeIssue(result.error, 'The seed'), result.error);
}

/** The JSON Schema of a seed (draft 2020-12), for editors and other languages. */
export function seedJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(seedSchema, { io: 'input' });
}

/** The value of a seed in any form, not checked yet. Throws where a text is neither YAML nor JSON. */
export function readSeedValue(input: unknown): unknown {
  return typeof input === 'string' ? parseText(input) : input;
}

function parseText(text: string): unknown {
  // YAML 1.2 contains JSON. No aliases: nobody needs them here, and they can blow up the document.
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw invalidSeed(`It is neither YAML nor JSON: ${error.message}`, error);
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (cause) {
    throw invalidSeed('It uses YAML aliases, which a seed must not.', cause);
  }
}
