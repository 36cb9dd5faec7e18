import { defaultScope } from '@aml-auth/core';
import { fromBrowser } from '@aml-auth/credentials';
import { browse } from '../browse.js';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

interface Facts {
  readonly minutes: number;
  /** What Azure Resource Manager says to the old token. */
  readonly oldStatus: number;
  /** How often the person was asked. */
  readonly asked: number;
  readonly read: WorkspaceRead;
}

/** The clock goes on until the token has expired; a refresh token gives the next, and nobody is asked. */
export const expiry = defineWorkflow<Facts>({
  name: 'expiry',
  title: {
    en: 'A token expires, and is renewed without asking the person',
    ko: '토큰이 만료되고, 사람에게 묻지 않고 갱신됩니다',
  },
  async run(world) {
    const { cloud, clock, emulator, workspace, signal } = world;
    let asked = 0;
    const openBrowser = (url: string): Promise<void> => {
      asked += 1;
      return browse(world, 'alice@contoso', url);
    };
    const credential = fromBrowser({ cloud, clock, openBrowser });
    const scope = defaultScope(cloud.resourceManager.audience);
    const old = await credential.getToken(scope, { abortSignal: signal });
    const ms = old.expiresOnTimestamp - clock.now() + 1_000;
    clock.advance(ms);
    const { status: oldStatus } = await emulator.fetch(
      `${emulator.origin}${workspace.id}?api-version=2024-10-01`,
      { headers: { authorization: `Bearer ${old.token}` }, signal },
    );
    const read = await readAs(world, credential, emulator.user('alice@contoso').id);
    requirePromise(
      oldStatus === 401 && asked === 1,
      `Old token: ${oldStatus}; the person was asked ${asked} times.`,
    );
    return { minutes: Math.round(ms / 60_000), oldStatus, asked, read };
  },
  tell: {
    en: ({ minutes, oldStatus, asked, read }) => [
      `${minutes} minutes later by the clock of emulator and client: the old token gets ${oldStatus}.`,
      `The refresh token gave a new one; the person was asked ${asked === 1 ? 'once' : `${asked} times`} in all.`,
      ...tellRead('en', read),
    ],
    ko: ({ minutes, oldStatus, asked, read }) => [
      `에뮬레이터와 클라이언트의 시계로 ${minutes}분 뒤: 이전 토큰은 거부됩니다(${oldStatus}).`,
      `새로 고침 토큰으로 새 토큰을 받았고, 사람에게는 모두 ${asked}번 물었습니다.`,
      ...tellRead('ko', read),
    ],
  },
});
