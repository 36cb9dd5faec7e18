import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AmlAuthError } from '@aml-auth/core';
import { ownProgram } from '../../../own-program.js';
import { countRequests } from '../count-requests.js';
import type { DemoWorld } from '../demo-world.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

interface Facts {
  /** Ids of the processes, in the order in which they were started. */
  readonly processes: readonly number[];
  /** Requests to Microsoft Entra ID: of the first process, and of those after it. */
  readonly first: number;
  readonly later: number;
}

/** Processes that run after another find its token, sealed in a file; two of them at the same time. */
export const sharedCache = defineWorkflow<Facts>({
  name: 'shared-cache',
  title: {
    en: 'Three processes share one token cache',
    ko: '세 프로세스가 토큰 캐시 하나를 함께 씁니다',
  },
  async run(world) {
    const env = environmentOf(world);
    const start = lastOf(world);
    const one = await runToken(world, env);
    const first = asked(world, start);
    const middle = lastOf(world);
    const others = await Promise.all([runToken(world, env), runToken(world, env)]);
    const later = asked(world, middle);
    requirePromise(
      first > 0 && later === 0 && others.every(({ token }) => token === one.token),
      `Requests to Microsoft Entra ID: ${first}, then ${later}.`,
    );
    return { processes: [one, ...others].map(({ pid }) => pid), first, later };
  },
  tell: {
    en: ({ processes: [one, ...others], first, later }) => [
      `"aml-auth token" ran in process ${one ?? ''}, and then in ${others.join(' and ')} at the same time, over one folder.`,
      `Requests that reached Microsoft Entra ID: ${first} from the first, ${later} from the others; all three have the same token.`,
    ],
    ko: ({ processes: [one, ...others], first, later }) => [
      `폴더 하나로 "aml-auth token"을 프로세스 ${one ?? ''}에서, 다음에 ${others.join(', ')}에서 동시에 실행했습니다.`,
      `Microsoft Entra ID에 온 요청: 첫 프로세스 ${first}번, 나머지 ${later}번. 셋의 토큰이 같습니다.`,
    ],
  },
});

/** That of a service principal in a pipeline. Settings and tokens of the user stay as they are. */
function environmentOf({ emulator, env, folder }: DemoWorld): Record<string, string> {
  const { PATH = '', SystemRoot } = env;
  return {
    PATH,
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...emulator.env('trainer'),
    AML_AUTH_CONFIG_DIR: join(folder, 'config'),
    AML_AUTH_CACHE_DIR: join(folder, 'cache'),
    AML_AUTH_CACHE_KEY: `demo:${randomBytes(32).toString('base64')}`,
  };
}

async function runToken(
  { signal }: DemoWorld,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly pid: number; readonly token: string }> {
  const running = promisify(execFile)(process.execPath, [ownProgram(), 'token', '--no-input'], {
    env,
    signal,
  });
  const { pid = 0 } = running.child;
  try {
    const { stdout } = await running;
    return { pid, token: stdout.trim() };
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    throw new AmlAuthError({
      code: signal.aborted ? 'AML_CANCELLED' : 'AML_UNEXPECTED',
      message: `"aml-auth token" ended with ${String(code)}: ${stderr.trim()}`,
      cause: error,
    });
  }
}

function lastOf({ emulator }: DemoWorld): number {
  return emulator.requests.at(-1)?.sequence ?? 0;
}

function asked({ emulator }: DemoWorld, after: number): number {
  return countRequests(emulator.requests.filter(({ sequence }) => sequence > after)).entra;
}
