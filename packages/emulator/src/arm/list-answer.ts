import { jsonAnswer } from '../http/answer.js';
import { queryValue, type Call } from '../http/call.js';
import { armRefusal } from './arm-refusal.js';

/**
 * `{value, nextLink}`: the page of a list that the query asks for. Without a page size everything
 * is one page.
 *
 * @param parameter - the query parameter that continues the list: `$skip` or `$skipToken`
 */
export function listAnswer(
  call: Call,
  items: readonly unknown[],
  parameter: '$skip' | '$skipToken',
): Response {
  const size = call.world.pageSize;
  if (size === undefined) return jsonAnswer(200, { value: items });
  const start = readStart(queryValue(call, parameter));
  const value = items.slice(start, start + size);
  if (start + size >= items.length) return jsonAnswer(200, { value });

  const query = new URLSearchParams(
    [...call.query].filter(([name]) => name.toLowerCase() !== parameter.toLowerCase()),
  );
  query.set(parameter, Buffer.from(String(start + size)).toString('base64url'));
  const path = call.segments.map((segment) => encodeURIComponent(segment)).join('/');
  return jsonAnswer(200, { value, nextLink: `${call.origin}/${path}?${query.toString()}` });
}

function readStart(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64url').toString());
  if (Number.isSafeInteger(start) && start >= 0) return start;
  throw armRefusal(400, 'InvalidSkipToken', 'The continuation token of the list is not valid.');
}
