import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AmlAuthError, defaultScope, publicCloud, type Credential } from '@aml-auth/core';
import { fromAzureCli } from '@aml-auth/credentials';
import type { DemoWorld } from '../demo-world.js';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow, Skipped } from '../workflow.js';

/** Longest run of az. A busy machine needs a multiple of its second. */
const AZ_LIMIT_MS = 120_000;

/** An unmodified Azure CLI is signed in, and its session is used. Its own profile stays as it is. */
export const azureCli = defineWorkflow<WorkspaceRead>({
  name: 'azure-cli',
  title: { en: 'The session of the Azure CLI is used', ko: 'Azure CLI의 세션을 씁니다' },
  async run(world) {
    const env = environmentOf(world);
    const { tenantId, clientId, objectId, secret = '' } = world.emulator.app('trainer');
    const file = join(world.folder, 'az.secret');
    await writeFile(file, secret, { mode: 0o600 });
    const who = ['--username', clientId, '--tenant', tenantId, '--password', `@${file}`];
    await az(world, env, ['login', '--service-principal', ...who, '--allow-no-subscriptions']);
    const credential = asInAzure(fromAzureCli({ env, timeLimitMs: AZ_LIMIT_MS }));
    return readAs(world, credential, objectId);
  },
  tell: {
    en: (read) => [
      '"az login" went to the emulator; "az account get-access-token" gave the token.',
      ...tellRead('en', read),
    ],
    ko: (read) => [
      '"az login"은 에뮬레이터로 갔고, 토큰은 "az account get-access-token"이 주었습니다.',
      ...tellRead('ko', read),
    ],
  },
});

function environmentOf({ emulator, env, folder }: DemoWorld): Record<string, string> {
  const { PATH = '' } = env;
  return { PATH, HOME: folder, PYTHONDONTWRITEBYTECODE: '1', ...emulator.clientEnv('az') };
}

async function az(
  { signal }: DemoWorld,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<void> {
  try {
    await promisify(execFile)('az', [...args, '--output', 'none'], { env, signal });
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') {
      throw new Skipped({
        en: 'the Azure CLI (az) is not installed.',
        ko: 'Azure CLI(az)가 설치되어 있지 않습니다.',
      });
    }
    throw new AmlAuthError({
      code: signal.aborted ? 'AML_CANCELLED' : 'AML_UNEXPECTED',
      message: `az login ended with ${String(code)}: ${stderr.trim().split('\n').at(-1) ?? ''}`,
      remedy: 'Run "az version" to see whether the Azure CLI works on this machine.',
      cause: error,
    });
  }
}

/** az goes to the names of Azure, which lead to the emulator; so do its tokens. */
function asInAzure(credential: Credential): Credential {
  const scope = defaultScope(publicCloud.resourceManager.audience);
  return Object.create(credential, {
    getToken: { value: (_scopes: unknown, options: object) => credential.getToken(scope, options) },
  }) as Credential;
}
