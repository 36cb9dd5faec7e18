import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

interface Facts {
  readonly statuses: readonly number[];
  readonly read: WorkspaceRead;
}

/** Continuous Access Evaluation: a revoked token is answered with a claims challenge, and the client answers that. */
export const revocation = defineWorkflow<Facts>({
  name: 'revocation',
  title: {
    en: 'A token is revoked, and the claims challenge answered',
    ko: '토큰이 취소되고, 클레임 챌린지에 답합니다',
  },
  async run(world) {
    const { emulator, credentialOf, armAs, signal } = world;
    const credential = credentialOf('trainer');
    const { objectId } = emulator.app('trainer');
    await readAs(world, credential, objectId);
    // The client must hold a token of before: the one that declared what it can do.
    const arm = armAs(credential);
    const { subscriptionId, resourceGroup, name: workspaceName } = world.workspace;
    const ref = { subscriptionId, resourceGroup, workspaceName };
    await arm.workspaces.get(ref, { signal });
    emulator.revoke('trainer');
    const last = emulator.requests.at(-1)?.sequence ?? 0;
    const { name } = await arm.workspaces.get(ref, { signal });
    const statuses = emulator.requests.filter(({ sequence }) => sequence > last).map(({ status }) => status);
    requirePromise(
      name === workspaceName && statuses.join() === '401,200,200',
      `The challenge was not answered as it must be: statuses ${statuses.join(', ')}.`,
    );
    return { statuses, read: await readAs(world, credential, objectId) };
  },
  tell: {
    en: ({ statuses, read }) => [
      `One call after the revocation, its requests: ${statuses.join(', ')} (challenge, new token with the claims, workspace).`,
      ...tellRead('en', read),
    ],
    ko: ({ statuses, read }) => [
      `취소 뒤 호출 한 번의 요청: ${statuses.join(', ')} (챌린지, 클레임을 담은 새 토큰, 작업 영역).`,
      ...tellRead('ko', read),
    ],
  },
});
