import { jsonAnswer } from '../http/answer.js';
import { queryValue, type Call } from '../http/call.js';
import { armRefusal } from './arm-refusal.js';

/** How a list is continued. */
export interface ListOptions {
  /** Whether the list takes `$top`, as the most items of a page. Default false. */
  readonly top?: boolean;
}

/** What a continuation token says. Clients must not look into it. */
interface Continuation {
  /** Index of the first item of the page. */
  readonly start: number;
  /** Whether the empty page before it was given. */
  readonly isDue: boolean;
}

/**
 * `{value, nextLink}`: the page of a list that the query asks for. Without a page size everything
 * is one page. With `emptyPages`, an empty page with a `nextLink` goes before each that has items.
 *
 * @param parameter - the query parameter that continues the list: `$skip` or `$skipToken`
 */
export function listAnswer(
  call: Call,
  items: readonly unknown[],
  parameter: '$skip' | '$skipToken',
  options: ListOptions = {},
): Response {
  const { start, isDue } = readContinuation(queryValue(call, parameter));
  const top = options.top === true ? readTop(queryValue(call, '$top')) : undefined;
  const size = Math.min(call.world.pageSize ?? Infinity, top ?? Infinity);
  if (call.world.emptyPages && !isDue && start < items.length) {
    return page(call, [], parameter, { start, isDue: true });
  }
  const end = start + size;
  const next = end < items.length ? { start: end, isDue: false } : undefined;
  return page(call, items.slice(start, end), parameter, next);
}

function page(
  call: Call,
  value: readonly unknown[],
  parameter: string,
  next: Continuation | undefined,
): Response {
  if (next === undefined) return jsonAnswer(200, { value });
  const query = new URLSearchParams(
    [...call.query].filter(([name]) => name.toLowerCase() !== parameter.toLowerCase()),
  );
  query.set(parameter, Buffer.from(JSON.stringify([next.start, next.isDue])).toString('base64url'));
  const path = call.segments.map((segment) => encodeURIComponent(segment)).join('/');
  return jsonAnswer(200, { value, nextLink: `${call.origin}/${path}?${query.toString()}` });
}

function readContinuation(token: string | undefined): Continuation {
  if (token === undefined) return { start: 0, isDue: false };
  try {
    const [start, isDue] = JSON.parse(Buffer.from(token, 'base64url').toString()) as readonly unknown[];
    if (typeof isDue === 'boolean' && isIndex(start)) return { start, isDue };
  } catch {
    // Not one of ours.
  }
  throw armRefusal(400, 'InvalidSkipToken', 'The continuation token of the list is not valid.');
}

function readTop(top: string | undefined): number | undefined {
  if (top === undefined) return undefined;
  const count = /^\d{1,9}$/.test(top) ? Number(top) : 0;
  if (count > 0) return count;
  const message = `The value '${top.slice(0, 50)}' of '$top' is not a positive whole number.`;
  throw armRefusal(400, 'InvalidTopQueryParameter', message);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
