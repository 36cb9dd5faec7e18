import { fromClientCertificate } from '@aml-auth/credentials';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly thumbprint: string;
  readonly read: WorkspaceRead;
}

/** A service principal signs in with a certificate. */
export const certificate = defineWorkflow<Facts>({
  name: 'certificate',
  title: {
    en: 'A service principal signs in with a certificate',
    ko: '서비스 주체가 인증서로 로그인합니다',
  },
  async run(world) {
    const { cloud, clock, emulator } = world;
    const { tenantId, clientId, objectId, certificate: made } = emulator.app('trainer');
    const pem = `${made?.pem ?? ''}\n${made?.privateKey ?? ''}`;
    const credential = fromClientCertificate({ tenantId, clientId, certificate: pem, cloud, clock });
    return { thumbprint: made?.thumbprintSha256 ?? '', read: await readAs(world, credential, objectId) };
  },
  tell: {
    en: ({ thumbprint, read }) => [
      `Signed with the key of the certificate ${thumbprint.slice(0, 16)}…; no secret left this machine.`,
      ...tellRead('en', read),
    ],
    ko: ({ thumbprint, read }) => [
      `인증서 ${thumbprint.slice(0, 16)}…의 키로 서명했습니다. 비밀은 이 컴퓨터를 떠나지 않았습니다.`,
      ...tellRead('ko', read),
    ],
  },
});
