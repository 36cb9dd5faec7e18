import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import {
  hasEnvProxy,
  TRUST_VARIABLES,
  type Facts,
  type Outcome,
  type Program,
  type Target,
  type TrustFile,
} from './facts.js';
import { reachEmulator } from './reach-emulator.js';

const run = promisify(execFile);
/** Azure CLI takes seconds to start. */
const PROGRAM_LIMIT_MS = 30_000;
const FETCH_LIMIT_MS = 5_000;

/** Looks at this machine. Nothing here asks another one. */
export async function gatherFacts(env: Facts['env'], target: Target | undefined): Promise<Facts> {
  const authority = target?.ca === undefined ? undefined : await readCertificates(target.ca);
  const [reach, trust, fetched, az, java, python] = await Promise.all([
    target === undefined ? undefined : reachEmulator(target, target.ca),
    trustFiles(env, authority?.[0]),
    target === undefined ? undefined : tryFetch(env, target),
    versionOf('az', ['version', '--output', 'json'], /"azure-cli": "([\d.]+)"/),
    versionOf('java', ['-version'], /version "([^"]+)"/),
    versionOf('python3', ['--version'], /Python ([\d.]+)/),
  ]);
  const truststore = /-Djavax\.net\.ssl\.trustStore=([^"\s]+)/.exec(env['JAVA_TOOL_OPTIONS'] ?? '')?.[1];
  return {
    env,
    nodeVersion: process.version,
    now: Date.now(),
    target,
    reach,
    trust,
    fetch: fetched,
    az,
    java,
    python,
    javaTruststoreExists: truststore !== undefined && existsSync(truststore),
  };
}

async function trustFiles(env: Facts['env'], authority: string | undefined): Promise<Facts['trust']> {
  const found = await Promise.all(
    TRUST_VARIABLES.map(async (name) => {
      const path = env[name];
      return path === undefined || path === '' ? [] : [[name, await trustFile(path, authority)] as const];
    }),
  );
  return Object.fromEntries(found.flat());
}

async function trustFile(path: string, authority: string | undefined): Promise<TrustFile> {
  const certificates = await readCertificates(path);
  return {
    path,
    exists: certificates !== undefined,
    hasAuthority: authority !== undefined && certificates?.includes(authority) === true,
  };
}

/** The fingerprints of the certificates in a PEM file; undefined where it cannot be read. */
async function readCertificates(path: string): Promise<readonly string[] | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const blocks = text?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return text === undefined ? undefined : blocks.flatMap(fingerprintOf);
}

function fingerprintOf(pem: string): readonly string[] {
  try {
    return [new X509Certificate(pem).fingerprint256];
  } catch {
    return [];
  }
}

/** What a program sees. Where it would go to Azure itself, it is not tried. */
async function tryFetch(env: Facts['env'], target: Target): Promise<Outcome | undefined> {
  const path = '/common/v2.0/.well-known/openid-configuration';
  const goesThrough =
    env['NODE_USE_ENV_PROXY'] === '1' &&
    hasEnvProxy(process.version) &&
    URL.parse(env['HTTPS_PROXY'] ?? '')?.port === target.port &&
    (env['https_proxy'] ?? env['HTTPS_PROXY']) === env['HTTPS_PROXY'] &&
    !/\*|microsoftonline/.test(`${env['NO_PROXY'] ?? ''},${env['no_proxy'] ?? ''}`);
  if (target.proxy && !goesThrough) return undefined;
  const origin = target.proxy ? 'https://login.microsoftonline.com' : target.origin;
  try {
    const { status } = await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
    return { kind: 'answered', status };
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return { kind: 'failed', code: typeof code === 'string' ? code : message };
  }
}

async function versionOf(program: string, args: string[], pattern: RegExp): Promise<Program | undefined> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: PROGRAM_LIMIT_MS });
    const version = pattern.exec(stdout + stderr)?.[1];
    return version === undefined ? { problem: 'it does not say its version' } : { version };
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT') return undefined;
    const lastLine = stderr.trim().split('\n').at(-1) ?? '';
    return { problem: lastLine === '' ? `it ends with ${String(code)}` : lastLine.slice(0, 200) };
  }
}
