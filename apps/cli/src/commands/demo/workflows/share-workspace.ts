import { fromBrowser } from '@aml-auth/credentials';
import { createGraphClient, shareWorkspace as share, unshareWorkspace } from '@aml-auth/rbac';
import { browse } from '../browse.js';
import type { DemoWorld } from '../demo-world.js';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { explained, refusalOf } from '../refusal-of.js';
import { defineWorkflow, requirePromise } from '../workflow.js';

const WHO = 'bob@contoso';

interface Facts {
  readonly before: readonly string[];
  readonly roles: readonly string[];
  readonly read: WorkspaceRead;
  readonly revoked: number;
}

/** Bob is shut out, is let in, and is shut out again. */
export const shareWorkspace = defineWorkflow<Facts>({
  name: 'share-workspace',
  title: {
    en: 'A workspace is shared, and the share is taken back',
    ko: '작업 영역을 공유하고 다시 거둡니다',
  },
  async run(world) {
    const { emulator, signal, workspace } = world;
    const { arm, graph } = administrator(world);
    const bob = asBob(world);
    const user = emulator.user(WHO);
    const before = await explained(
      world,
      await refusalOf(readAs(world, bob, user.id), 'Reading before the share'),
    );
    const receipt = await share(arm, { workspace: workspace.id, principal: user.name, graph, signal });
    const read = await readAs(world, bob, user.id);
    const { revoked } = await unshareWorkspace(arm, { receipt, signal });
    requirePromise(revoked.length === receipt.grants.length, 'The share was not taken back.');
    await refusalOf(readAs(world, bob, user.id), 'Reading after the share');
    return { before, roles: receipt.grants.map(({ roleName }) => roleName), read, revoked: revoked.length };
  },
  tell: {
    en: ({ before, roles, read, revoked }) => [
      `Before, ${WHO} is refused:`,
      ...before,
      `An administrator shares it (${roles.join(', ')}), and the same person reads:`,
      ...tellRead('en', read),
      `The receipt takes it back (${revoked} of ${roles.length}), and ${WHO} is refused again.`,
    ],
    ko: ({ before, roles, read, revoked }) => [
      `공유하기 전에는 ${WHO}이(가) 거부됩니다:`,
      ...before,
      `관리자가 공유하면(${roles.join(', ')}) 같은 사람이 읽습니다:`,
      ...tellRead('ko', read),
      `영수증으로 거두면(${roles.length}개 중 ${revoked}개) ${WHO}은(는) 다시 거부됩니다.`,
    ],
  },
});

function administrator({ armAs, credentialOf, cloud }: DemoWorld): {
  readonly arm: ReturnType<typeof armAs>;
  readonly graph: ReturnType<typeof createGraphClient>;
} {
  const credential = credentialOf('platform-admin');
  return { arm: armAs(credential), graph: createGraphClient({ credential, cloud }) };
}

function asBob(world: DemoWorld): ReturnType<typeof fromBrowser> {
  const { cloud, clock } = world;
  return fromBrowser({ cloud, clock, openBrowser: (url) => browse(world, WHO, url) });
}
