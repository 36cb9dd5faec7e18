/** A field of a JSON object, of its own; undefined where the text is something else. */
export function fieldOf(text: string, field: string): unknown {
  try {
    const body: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const isOwn = typeof body === 'object' && body !== null && Object.hasOwn(body, field);
    return isOwn ? (body as Record<string, unknown>)[field] : undefined;
  } catch {
    return undefined;
  }
}
