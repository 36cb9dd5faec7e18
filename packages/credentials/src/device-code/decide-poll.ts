/** What to do after one question whether the person is done. */
export type PollDecision =
  | { readonly then: 'done' | 'expired' | 'declined' | 'fail' }
  | { readonly then: 'wait'; readonly intervalMs: number };

/** RFC 8628 section 3.5: this and all later intervals grow by five seconds. */
const SLOW_DOWN_MS = 5_000;

/**
 * Decides by the reply of the token endpoint (RFC 8628 section 3.5; Microsoft Entra ID says
 * `authorization_declined` for `access_denied`).
 *
 * @param intervalMs - the interval so far
 */
export function decidePoll(status: number, body: unknown, intervalMs: number): PollDecision {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  if (status === 200 && (fields['error'] ?? undefined) === undefined) return { then: 'done' };
  switch (fields['error']) {
    case 'authorization_pending':
      return { then: 'wait', intervalMs };
    case 'slow_down':
      return { then: 'wait', intervalMs: intervalMs + SLOW_DOWN_MS };
    case 'expired_token':
    case 'code_expired':
      return { then: 'expired' };
    case 'access_denied':
    case 'authorization_declined':
      return { then: 'declined' };
    default:
      return { then: 'fail' };
  }
}
