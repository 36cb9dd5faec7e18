import type { IncomingReply, Sender } from './sender.js';

/** A reply with its JSON; undefined where the text is not JSON. */
export interface JsonReply {
  readonly reply: IncomingReply;
  readonly body: unknown;
}

/** A refusal has an `error` field; a status of 200 does not make it a grant. */
export function isGrant({ reply, body }: JsonReply): boolean {
  const error = (body as { error?: unknown } | null | undefined)?.error;
  return reply.status === 200 && (error === undefined || error === null);
}

/** Posts a form, without its undefined fields, to an endpoint that answers with JSON. */
export async function postForm(
  send: Sender,
  url: string,
  fields: Readonly<Record<string, string | undefined>>,
): Promise<JsonReply> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  const reply = await send({
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    },
    body: form.toString(),
  });
  return { reply, body: jsonOf(reply.text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
