import { AmlAuthError } from '@aml-auth/core';
import { parseAssertion } from '../client-assertion/parse-assertion.js';
import type { AcquireTools } from '../lib/create-credential.js';
import { fieldOf } from '../lib/field-of.js';
import { requestAssertion } from '../lib/http/request-assertion.js';
import { runProgram } from '../lib/run-program.js';
import { requireVariables, type Environment } from '../lib/settings.js';
import { readTokenFileText } from '../workload-identity/read-token-file.js';
import type { OidcProgram, OidcSource } from './oidc-source.js';

/** Longest run of a program. */
const PROGRAM_LIMIT_MS = 30_000;

/**
 * The signed token that the source gives now.
 *
 * @throws {AmlAuthError} `AML_NOT_CONFIGURED` or `AML_UNAVAILABLE` (a chain goes on) where there is no such
 *   variable, file or program; `AML_CONFIG_INVALID` where what it gives is no token; `AML_CREDENTIAL_REJECTED`
 *   where it refuses; `AML_TIMEOUT`, `AML_CANCELLED`, and those of the network
 */
export async function readOidcSource(
  source: OidcSource,
  env: Environment,
  tools: AcquireTools,
): Promise<string> {
  if ('url' in source) {
    const { url, method = 'GET', headers = {}, field } = source;
    const name = `The token service ${URL.parse(url)?.host ?? ''}`;
    const remedy = 'Check the URL and the headers that the service asks for.';
    return requestAssertion({ name, request: { method, url, headers }, field, remedy }, tools);
  }
  if ('file' in source) return tokenIn(await readTokenFileText(source.file), source, source.file);
  if ('variable' in source) {
    const { variable } = source;
    const remedy = `Let the job or platform set ${variable}.`;
    return tokenIn(requireVariables(env, [variable], remedy)[variable] ?? '', source, variable);
  }
  return tokenIn(await outputOf(source, env, tools), source, source.program);
}

function tokenIn(text: string, { field }: OidcSource, from: string): string {
  return parseAssertion(field === undefined ? text : fieldOf(text, field), from);
}

async function outputOf(
  { program, args = [] }: OidcProgram,
  env: Environment,
  { clock, signal }: AcquireTools,
): Promise<string> {
  const { exitCode, stdout } = await runProgram({
    name: `The program ${program}`,
    program,
    args,
    env,
    clock,
    limitMs: PROGRAM_LIMIT_MS,
    signal,
    remedy: 'Run it by hand to see why it takes so long.',
  });
  if (exitCode === 0) return stdout;
  // What it wrote to stderr may hold secrets, and is not shown.
  const isMissing = exitCode === 'ENOENT';
  throw new AmlAuthError({
    code: isMissing ? 'AML_UNAVAILABLE' : 'AML_CREDENTIAL_REJECTED',
    message: `The program ${program} gave no token (${exitCode}).`,
    remedy: isMissing ? 'Install it, or correct source.program.' : 'Run it by hand to see what it says.',
  });
}
