import * as z from 'zod';

import { isAadstsCode } from '../../entra/answer-aadsts.js';
import type { FaultAction, FaultInput, FaultMatch } from './fault-rule.js';

const DAY_MS = 86_400_000;

const pattern = z.string().min(1).max(1_000);
const oneOrMore = z.union([pattern, z.array(pattern).min(1)]);
const count = z.int().min(1);
const id = z.string().regex(/^[\w.-]{1,64}$/, 'an id has up to 64 letters, digits, dots, - and _');

const match: z.ZodType<FaultMatch> = z.strictObject({
  host: pattern.optional(),
  path: oneOrMore.optional(),
  method: oneOrMore.optional(),
  client: pattern.optional(),
  form: z.record(z.string(), pattern).optional(),
  nth: count.optional(),
  prob: z.number().gt(0).max(1).optional(),
});

const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'a header has printable ASCII only');

const actionShape = z.strictObject({
  status: z.int().min(200).max(599).optional(),
  headers: z
    .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not the name of a header'), headerValue)
    .optional(),
  body: z.unknown().optional(),
  aadsts: z.int().refine(isAadstsCode, { message: 'the emulator does not have this error' }).optional(),
  delayMs: z.number().min(0).max(DAY_MS).optional(),
  reset: z.literal(true).optional(),
  truncate: z.union([z.literal(true), z.int().min(0)]).optional(),
  tls: z.enum(['expired', 'untrusted', 'wrongHost']).optional(),
  replicationDelayMs: z.number().min(0).max(DAY_MS).optional(),
});

/** What cannot go together, as a sentence; undefined where all is well. */
function conflictIn(action: FaultAction): string | undefined {
  const has = Object.entries(action).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const ends = has.filter((name) => ['status', 'aadsts', 'reset', 'tls'].includes(name));
  if (has.length === 0) return 'it does nothing';
  if (ends.length > 1) return `${ends.join(' and ')} cannot go together`;
  if (has.includes('tls') && has.length > 1) return 'tls stands alone';
  if (has.includes('body') && !has.includes('status')) return 'body needs a status';
  if (has.includes('reset') && has.includes('truncate')) return 'reset and truncate cannot go together';
  return undefined;
}

const action = actionShape.superRefine((value, context) => {
  const message = conflictIn(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const rule = z
  .strictObject({ id: id.optional(), match: match.optional(), do: action, times: count.optional() })
  .refine(
    ({ do: { tls }, match: { path, method, client, form } = {} }) =>
      tls === undefined || [path, method, client, form].every((value) => value === undefined),
    {
      message: 'tls goes with host, nth and prob only: nothing else is known of a connection',
      path: ['match'],
    },
  );

const presetName = z.enum([
  '429',
  'estsOutage',
  'imdsSlowStart',
  'armThrottle',
  'graphReplication',
  'slow_down',
]);
const common = { id: id.optional(), match: match.optional(), times: count.optional() };
const retryAfter = z.int().min(0).max(86_400).optional();

const preset = z.discriminatedUnion('preset', [
  z.strictObject({ ...common, preset: z.literal('429'), retryAfter }),
  z.strictObject({ ...common, preset: z.literal('armThrottle'), retryAfter }),
  z.strictObject({ ...common, preset: z.literal('estsOutage') }),
  z.strictObject({ ...common, preset: z.literal('slow_down') }),
  z.strictObject({
    ...common,
    preset: z.literal('imdsSlowStart'),
    status: z.union([z.literal(404), z.literal(410)]).optional(),
  }),
  z.strictObject({
    ...common,
    preset: z.literal('graphReplication'),
    replicationDelayMs: z.number().min(0).max(DAY_MS).optional(),
  }),
]);

/** The form of a fault; which one is meant decides which errors are told. */
export function faultSchemaOf(input: unknown): z.ZodType<FaultInput> {
  if (typeof input === 'string') return presetName;
  return typeof input === 'object' && input !== null && 'preset' in input ? preset : rule;
}
