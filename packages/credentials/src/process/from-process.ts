import { isAbsolute } from 'node:path';
import {
  AmlAuthError,
  parseTenantId,
  systemClock,
  type Credential,
  type StoredToken,
  type TokenRequest,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { builtins } from '../lib/builtins.js';
import { createCredential } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { runProgram } from '../lib/run-program.js';
import type { Environment } from '../lib/settings.js';
import { parseProcessReply } from './parse-process-reply.js';

/**
 * Options of {@link fromProcess}. There is no `tokenStore`: whose tokens the program gives is not known here.
 * `fetch` and `cloud` have no use: the program makes the requests.
 */
export interface ProcessOptions extends Omit<CredentialOptions, 'tokenStore' | 'fetch' | 'cloud'> {
  /** The absolute path of the program. It is started without a shell. */
  readonly program: string;
  /** Its arguments, one an entry; no shell splits or expands them. Default: none. */
  readonly args?: readonly string[] | undefined;
  /** Tenant of the tokens. Default: the program decides. */
  readonly tenantId?: string | undefined;
  /** Tenants, beside `tenantId`, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Longest run of the program. Default 30,000 milliseconds. */
  readonly timeLimitMs?: number | undefined;
  /** The environment of the program. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const TIME_LIMIT_MS = 30_000;

/**
 * Takes tokens from a program of yours: the credential process. It is started when a token must be fetched,
 * once for all callers, and finds what is asked for in its environment: `AML_AUTH_PROTOCOL` (`1`),
 * `AML_AUTH_SCOPES` (with blanks between), and where they are asked for `AML_AUTH_TENANT_ID`,
 * `AML_AUTH_CLAIMS` (JSON) and `AML_AUTH_ENABLE_CAE` (`1`). It prints one JSON object:
 *
 * - `{ "version": 1, "token": "…", "expiresOn": "2026-01-01T00:00:00Z" }`, or `"expiresIn": 3600` in seconds;
 * - `{ "version": 1, "error": { "code": "rejected", "message": "…" } }`, with one of the codes `notApplicable`
 *   (a chain goes on), `rejected`, `interactionRequired` and `temporary`.
 *
 * What it writes to stderr is never shown: it may hold secrets.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function fromProcess(options: ProcessOptions): Credential {
  const { program, args = [], env = process.env, clock = systemClock } = options;
  requireProgram(program, args);
  const tenantId = options.tenantId === undefined ? '' : parseTenantId(options.tenantId);
  const limitMs = options.timeLimitMs ?? TIME_LIMIT_MS;

  async function acquire(request: TokenRequest): Promise<StoredToken> {
    const outcome = await runProgram({
      name: `The credential process ${program}`,
      program,
      args,
      env: { ...env, ...requestVariables(request) },
      clock,
      limitMs,
      signal: request.signal,
      remedy: 'Run it by hand to see why it takes so long, or raise timeLimitMs.',
    });
    if (/^E[A-Z]+$/.test(String(outcome.exitCode))) throw notRunnable(program, String(outcome.exitCode));
    return parseProcessReply(outcome, program, clock.now());
  }

  return createCredential({
    options: { ...options, tokenStore: undefined },
    description: { method: 'process', ...(tenantId === '' ? {} : { tenantId }) },
    identity: {
      authorityHost: 'process',
      tenantId,
      clientId: program,
      fingerprint: fingerprint('process', program, tenantId, ...args),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    findings: () => [{ what: `program ${program}`, found: builtins.fs.existsSync(program) }],
    acquire,
  });
}

/** Variables that are not asked for are empty, so that none of an outer run is taken for them. */
function requestVariables({ scopes, tenantId, claims, enableCae }: TokenRequest): Record<string, string> {
  return {
    AML_AUTH_PROTOCOL: '1',
    AML_AUTH_SCOPES: scopes.join(' '),
    AML_AUTH_TENANT_ID: tenantId,
    AML_AUTH_CLAIMS: claims,
    AML_AUTH_ENABLE_CAE: enableCae ? '1' : '',
  };
}

/** Callers without types may give a command line, which would need a shell. */
function requireProgram(program: unknown, args: unknown): void {
  const isList = Array.isArray(args) && args.every((arg) => typeof arg === 'string' && !arg.includes('\0'));
  if (typeof program === 'string' && isAbsolute(program) && !program.includes('\0') && isList) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: isList ? 'program is not an absolute path.' : 'args is not a list of texts.',
    remedy: 'Give the whole path of the program in program, and each of its arguments as a text in args.',
  });
}

function notRunnable(program: string, code: string): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_UNAVAILABLE',
    message: `The credential process ${program} cannot be started (${code}).`,
    remedy: 'Check the path, and that the file may be executed.',
  });
}
