import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromWorkloadIdentity } from '@aml-auth/credentials';
import { PIPELINE_SUBJECT } from '../demo-cloud.js';
import { readAs, tellRead, type WorkspaceRead } from '../read-as.js';
import { defineWorkflow } from '../workflow.js';

interface Facts {
  readonly issuer: string;
  readonly read: WorkspaceRead;
}

/** An application signs in with the token of another identity provider. */
export const workloadIdentity = defineWorkflow<Facts>({
  name: 'workload-identity',
  title: {
    en: 'A pipeline signs in with the token of another identity provider',
    ko: '파이프라인이 다른 ID 공급자의 토큰으로 로그인합니다',
  },
  async run(world) {
    const { cloud, clock, emulator, issuer, folder } = world;
    const { tenantId, clientId, objectId } = emulator.app('pipeline');
    const tokenFilePath = join(folder, 'federated.token');
    await writeFile(tokenFilePath, await issuer.sign({ sub: PIPELINE_SUBJECT }), { mode: 0o600 });
    const credential = fromWorkloadIdentity({ cloud, clock, tenantId, clientId, tokenFilePath, env: {} });
    return { issuer: issuer.issuer, read: await readAs(world, credential, objectId) };
  },
  tell: {
    en: ({ issuer, read }) => [
      `The application trusts ${issuer}; there is no secret.`,
      ...tellRead('en', read),
    ],
    ko: ({ issuer, read }) => [
      `애플리케이션이 ${issuer} 를 신뢰합니다. 비밀은 없습니다.`,
      ...tellRead('ko', read),
    ],
  },
});
