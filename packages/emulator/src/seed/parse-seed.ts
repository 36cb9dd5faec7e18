import { parseDocument } from 'yaml';
import { z } from 'zod';

import type { EmulatorSeed } from './emulator-seed.js';
import { invalidSeed } from './invalid-seed.js';
import { seedSchema } from './seed-schema.js';

/**
 * Reads a seed: an object, or JSON or YAML text.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` that names the place in the seed
 */
export function parseSeed(input: unknown): EmulatorSeed {
  const value = typeof input === 'string' ? parseText(input) : input;
  const result = seedSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = pathOf(issue?.path ?? []);
  throw invalidSeed(
    issue === undefined ? 'It does not have the form of a seed.' : describe(issue, path),
    result.error,
  );
}

/** The JSON Schema of a seed (draft 2020-12), for editors and other languages. */
export function seedJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(seedSchema, { io: 'input' });
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

function describe(issue: z.core.$ZodIssue, path: string): string {
  if (issue.code !== 'unrecognized_keys') return `${path}: ${issue.message}.`;
  const at = path === 'The seed' ? '' : `${path}.`;
  return `${issue.keys.map((key) => `${at}${key}`).join(', ')}: there is no such setting.`;
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'The seed' : text;
}
