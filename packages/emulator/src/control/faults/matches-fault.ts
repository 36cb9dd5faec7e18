import { matchesText } from '../../core/matches-text.js';
import type { FaultMatch } from './fault-rule.js';
import { matchesPath } from './matches-path.js';

/** What faults look at. */
export interface FaultRequest {
  /** With or without a port. */
  readonly host: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Every name of who asks. */
  readonly clients: readonly string[];
  readonly form: Readonly<Record<string, string>>;
}

/** Whether a request is of the kind that a fault is for; `nth` and `prob` are not looked at. */
export function matchesFault(match: FaultMatch, request: FaultRequest): boolean {
  const { host, path, method, client, form = {} } = match;
  return (
    (host === undefined || matchesText(host, hostName(request.host))) &&
    (path === undefined || listOf(path).some((pattern) => matchesPath(pattern, request.path))) &&
    (method === undefined || listOf(method).some((name) => name.toUpperCase() === request.method)) &&
    (client === undefined || request.clients.some((name) => matchesText(client, name))) &&
    Object.entries(form).every(([name, pattern]) => {
      const value = Object.hasOwn(request.form, name) ? request.form[name] : undefined;
      return value !== undefined && matchesText(pattern, value);
    })
  );
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
