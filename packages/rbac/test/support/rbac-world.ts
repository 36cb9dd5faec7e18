import type { Credential } from '@aml-auth/core';
import { fromClientAssertion, fromClientCertificate, fromClientSecret } from '@aml-auth/credentials';
import { createExternalIssuer, demoSeed, startEmulator, type Emulator } from '@aml-auth/emulator';
import {
  createForRbac,
  githubFederation,
  listServicePrincipals,
  type AddedCredential,
  type CreatedForRbac,
  type CreateForRbacOptions,
  type GraphClient,
} from '@aml-auth/rbac';
import { createArmClient, type ArmClient } from '@aml-auth/rest';

import { clientOf, collect, graphOf } from './emulated.js';

/** Runs of GitHub Actions on the main branch of a repository. */
export const federated = githubFederation({ owner: 'contoso', repository: 'ml', branch: 'main' });

/** The emulator with an issuer outside, and what tests of service principals do with it. */
export interface RbacWorld {
  readonly emulator: Emulator;
  readonly graph: GraphClient;
  readonly arm: ArmClient;
  /** Resource id. */
  readonly workspace: string;
  /** A service principal of one unique name that may work in the workspace. */
  readonly make: (options?: Partial<CreateForRbacOptions>) => Promise<CreatedForRbac>;
  /** Signs in with what was made, and reads the workspace: the status. */
  signIn(created: CreatedForRbac, added?: AddedCredential): Promise<number>;
  readWorkspace(credential: Credential): Promise<number>;
  /** Who it is, for a credential. */
  whoOf(created: CreatedForRbac): Pick<Emulator, 'cloud' | 'fetch'> & { tenantId: string; clientId: string };
}

export async function startRbacWorld(): Promise<RbacWorld> {
  const github = await createExternalIssuer({ issuer: federated.issuer });
  const emulator = await startEmulator({
    pageSize: 3,
    seed: { ...demoSeed, issuers: [{ issuer: github.issuer, keys: github.jwks }] },
  });
  const { cloud, fetch } = emulator;
  const graph = graphOf(emulator, 'platform-admin');
  const arm = clientOf(emulator, 'platform-admin');
  const workspace = emulator.workspace('ws1').id;

  const whoOf: RbacWorld['whoOf'] = ({ tenantId, application }) => ({
    tenantId,
    clientId: application.appId,
    cloud,
    fetch,
  });

  function credentialFor(created: CreatedForRbac, added: AddedCredential): Credential {
    const who = whoOf(created);
    switch (added.kind) {
      case 'federated':
        return fromClientAssertion({ ...who, getAssertion: () => github.sign({ sub: federated.subject }) });
      case 'certificate':
        return fromClientCertificate({
          ...who,
          certificate: `${added.privateKey!.reveal()}\n${added.certificate}`,
        });
      case 'secret':
        return fromClientSecret({ ...who, clientSecret: added.secret.reveal() });
    }
  }

  async function readWorkspace(credential: Credential): Promise<number> {
    const client = createArmClient({ credential, cloud, fetch });
    const { status } = await client.request({ method: 'GET', path: workspace, apiVersion: '2024-10-01' });
    return status;
  }

  return {
    emulator,
    graph,
    arm,
    workspace,
    whoOf,
    readWorkspace,
    signIn: (created, added = created.credential) => readWorkspace(credentialFor(created, added)),
    make: (options = {}) =>
      createForRbac(graph, {
        arm,
        application: { uniqueName: 'ml-pipeline' },
        credential: federated,
        role: 'AzureML Data Scientist',
        scopes: [workspace],
        ...options,
      }),
  };
}

/** What the directory and Azure hold, to see whether a failure leaves anything behind. */
export async function holdingsOf({ graph, arm, workspace }: RbacWorld): Promise<unknown> {
  const applications = await collect(graph.list({ path: '/applications' }));
  const principals = await collect(listServicePrincipals(graph));
  const path = `${workspace}/providers/Microsoft.Authorization/roleAssignments`;
  const assignments = await collect(arm.list({ path, apiVersion: '2022-04-01' }));
  return { applications, principals, assignments };
}
