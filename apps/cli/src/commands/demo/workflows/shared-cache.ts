import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultScope } from '@aml-auth/core';
import { fromClientSecret } from '@aml-auth/credentials';
import { fileTokenStore } from '@aml-auth/token-cache';
import type { DemoWorld } from '../demo-world.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

interface Facts {
  readonly tier: string;
  readonly files: number;
  /** Requests to Microsoft Entra ID, by run. */
  readonly requests: readonly number[];
}

/** The second run of a program finds the token of the first, sealed in a file. */
export const sharedCache = defineWorkflow<Facts>({
  name: 'shared-cache',
  title: {
    en: 'Two runs of a program share the token cache',
    ko: '프로그램의 두 실행이 토큰 캐시를 함께 씁니다',
  },
  async run(world) {
    const directory = join(world.folder, 'cache');
    const env = { AML_AUTH_CACHE_KEY: `demo:${randomBytes(32).toString('base64')}` };
    const first = await runOnce(world, directory, env);
    const second = await runOnce(world, directory, env);
    const requests = [first.requests, second.requests];
    requirePromise(
      first.token === second.token && requests.join() === '1,0',
      `Requests: ${requests.join(', ')}.`,
    );
    return { tier: second.tier, files: (await readdir(directory)).length, requests };
  },
  tell: {
    en: ({ tier, files, requests: [first, second] }) => [
      `Each run has a store of its own over one folder (tier ${tier}, ${files} entries in it).`,
      `Requests to Microsoft Entra ID: ${first ?? ''} in the first run, ${second ?? ''} in the second.`,
    ],
    ko: ({ tier, files, requests: [first, second] }) => [
      `실행마다 저장소가 따로 있고 폴더는 하나입니다(${tier} 단계, 항목 ${files}개).`,
      `Microsoft Entra ID에 보낸 요청: 첫 실행 ${first ?? ''}번, 두 번째 실행 ${second ?? ''}번.`,
    ],
  },
});

async function runOnce(
  { cloud, clock, emulator, signal }: DemoWorld,
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly token: string; readonly requests: number; readonly tier: string }> {
  const { tenantId, clientId, secret = '' } = emulator.app('trainer');
  const tokenStore = fileTokenStore({ directory, env, clock });
  const credential = fromClientSecret({ tenantId, clientId, clientSecret: secret, cloud, clock, tokenStore });
  const last = emulator.requests.at(-1)?.sequence ?? 0;
  const scope = defaultScope(cloud.resourceManager.audience);
  const { token } = await credential.getToken(scope, { abortSignal: signal });
  const requests = emulator.requests.filter(({ sequence }) => sequence > last).length;
  return { token, requests, tier: (await tokenStore.status()).tier };
}
