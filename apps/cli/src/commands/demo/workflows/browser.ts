import { fromBrowser } from '@aml-auth/credentials';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { browse } from '../browse.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly pages: number;
  readonly read: WorkspaceRead;
}

/** A person signs in; the pages are gone through by HTTP, as a browser would. */
export const browser = defineWorkflow<Facts>({
  name: 'browser',
  title: { en: 'A person signs in in the browser', ko: '사람이 브라우저로 로그인합니다' },
  async run(world) {
    const { cloud, clock, emulator } = world;
    let pages = 0;
    const openBrowser = async (url: string): Promise<void> => {
      pages += 1;
      await browse(world, 'alice@contoso', url);
    };
    const credential = fromBrowser({ cloud, clock, openBrowser });
    const read = await readAs(world, credential, emulator.user('alice@contoso').id);
    return { pages, read };
  },
  tell: {
    en: ({ pages, read }) => [
      `Authorization code with PKCE; the sign-in was opened ${pages === 1 ? 'once' : `${pages} times`}, and nobody typed: the demo fills the pages in.`,
      ...tellRead('en', read),
    ],
    ko: ({ pages, read }) => [
      `인증 코드와 PKCE. 로그인 페이지를 ${pages}번 열었고, 데모가 대신 채웠습니다.`,
      ...tellRead('ko', read),
    ],
  },
});
