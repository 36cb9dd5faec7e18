import { fromBrowser, fromOnBehalfOf } from '@aml-auth/credentials';
import { browse } from '../browse.js';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

/** A service calls Azure Resource Manager as the person who called it. */
export const onBehalfOf = defineWorkflow<WorkspaceRead>({
  name: 'on-behalf-of',
  title: {
    en: 'A service acts for the person who called it',
    ko: '서비스가 자신을 호출한 사람을 대신합니다',
  },
  async run(world) {
    const { cloud, clock, emulator, signal } = world;
    const { tenantId, clientId, secret = '' } = emulator.app('portal');
    const person = fromBrowser({
      cloud,
      clock,
      tenantId,
      clientId: emulator.app('notebook').clientId,
      openBrowser: (url) => browse(world, 'alice@contoso', url),
    });
    const { token } = await person.getToken(`api://${clientId}/.default`, { abortSignal: signal });
    const service = { cloud, clock, tenantId, clientId, clientSecret: secret };
    const credential = fromOnBehalfOf({ ...service, userAssertion: token });
    return readAs(world, credential, emulator.user('alice@contoso').id);
  },
  tell: {
    en: (read) => [
      'The person signed in to the service; the service exchanged that token for one of the person.',
      ...tellRead('en', read),
    ],
    ko: (read) => [
      '사람이 서비스에 로그인했고, 서비스가 그 토큰을 그 사람의 토큰으로 바꾸었습니다.',
      ...tellRead('ko', read),
    ],
  },
});
