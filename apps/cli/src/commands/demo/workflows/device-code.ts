import type { Clock } from '@aml-auth/core';
import { fromDeviceCode } from '@aml-auth/credentials';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import type { TravellingClock } from '../travelling-clock.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly uri: string;
  readonly code: string;
  readonly read: WorkspaceRead;
}

/** A person signs in on another device. */
export const deviceCode = defineWorkflow<Facts>({
  name: 'device-code',
  title: {
    en: 'A person signs in with a code on another device',
    ko: '사람이 다른 기기에 코드를 입력해 로그인합니다',
  },
  async run(world) {
    const { cloud, emulator } = world;
    let shown = { uri: '', code: '', intervalMs: 0 };
    const clock = withoutWaits(world.clock, () => shown.intervalMs);
    const credential = fromDeviceCode({
      cloud,
      clock,
      onPrompt: ({ verificationUri: uri, userCode: code, intervalMs }) => {
        shown = { uri, code, intervalMs };
        emulator.approveDeviceCode(code, 'alice@contoso');
      },
    });
    const read = await readAs(world, credential, emulator.user('alice@contoso').id);
    return { ...shown, read };
  },
  tell: {
    en: ({ uri, code, read }) => [
      `The client showed ${uri} and the code ${code}; the person said yes there.`,
      ...tellRead('en', read),
    ],
    ko: ({ uri, code, read }) => [
      `클라이언트가 ${uri} 와 코드 ${code} 를 보여 주었고, 사람이 거기서 승인했습니다.`,
      ...tellRead('ko', read),
    ],
  },
});

/** Nobody watches a demo wait between two polls: time jumps to the end of what is no longer than the interval. */
function withoutWaits(clock: TravellingClock, intervalMs: () => number): Clock {
  return {
    ...clock,
    schedule(ms, run) {
      if (ms <= intervalMs()) clock.advance(ms);
      return clock.schedule(ms <= intervalMs() ? 0 : ms, run);
    },
  };
}
