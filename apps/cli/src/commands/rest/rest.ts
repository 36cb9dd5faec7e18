import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';
import { authorizedFetch, armError, createArmClient } from '@aml-auth/rest';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';
import { toRows } from '../../output/to-rows.js';
import { signIn, type SignIn } from '../../settings/sign-in.js';
import type { RestFlags } from './command.js';
import { restTarget } from './rest-target.js';

/** Runs `aml-auth rest`. */
export async function rest(context: CliContext, flags: RestFlags, address: string): Promise<void> {
  const known = await signIn(context, flags);
  const target = restTarget(address, known.cloud, flags);
  const body = flags.body === undefined ? undefined : await readBody(context, flags.body);
  const answer =
    target.service === 'graph'
      ? await callGraph(context, known, flags, target.url, body)
      : await callArm(context, known, flags, target, body);
  await present(context, flags, asObject(answer), () => {
    const { headings, rows } = toRows(answer);
    return { headings: headings ?? [], rows };
  });
}

async function callArm(
  { signal }: CliContext,
  { credential, cloud }: SignIn,
  { method, all }: RestFlags,
  {
    path,
    query,
    apiVersion,
  }: { readonly path: string; readonly query: Record<string, string>; readonly apiVersion: string },
  body: unknown,
): Promise<unknown> {
  const arm = createArmClient({ credential, cloud });
  if (!all) return (await arm.request({ method, path, query, apiVersion, body, signal })).body;
  const items: unknown[] = [];
  for await (const item of arm.list({ path, query, apiVersion, signal })) items.push(item);
  return { items };
}

async function callGraph(
  { signal }: CliContext,
  { credential, cloud }: SignIn,
  { method }: RestFlags,
  url: string,
  body: unknown,
): Promise<unknown> {
  const call = authorizedFetch({ credential, cloud, service: 'graph' });
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await call(url, { method, signal, ...json });
  const text = await response.text();
  const answer = text === '' ? undefined : parse(text);
  if (response.ok) return answer;
  throw armError({ method, url, status: response.status, headers: response.headers, body: text });
}

async function readBody(context: CliContext, file: string): Promise<unknown> {
  const text = file === '-' ? await context.readStdin() : await readText(resolve(context.cwd, file));
  const value = parse(text);
  if (value !== undefined) return value;
  throw invalid(
    `${file === '-' ? 'Standard input' : file} is not JSON.`,
    'Give --body a file with JSON, or -.',
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw invalid(`${path} cannot be read (${code}).`, 'Give --body a file with JSON, or -.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Every result is an object at the top; an empty answer is an empty one. */
function asObject(answer: unknown): object {
  return typeof answer === 'object' && answer !== null
    ? answer
    : answer === undefined
      ? {}
      : { value: answer };
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
