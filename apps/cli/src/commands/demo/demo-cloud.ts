import { demoSeed, type EmulatorSeed, type ExternalIssuer } from '@aml-auth/emulator';

/** Whose token the pipeline signs in with. */
export const PIPELINE_SUBJECT = 'repo:contoso/models:ref:refs/heads/main';

const SECRET = 'secret-of-the-emulator';

/** The cloud of the demo: that of the examples, and whom its workflows need beside. Nothing in it opens anything else. */
export function demoCloud(issuer: ExternalIssuer): EmulatorSeed {
  const [contoso = { name: 'contoso' }, ...others] = demoSeed.tenants;
  const federated = [{ issuer: issuer.issuer, subject: PIPELINE_SUBJECT }];
  const apps = (contoso.apps ?? []).map((app) => {
    if (app.name === 'trainer') return { ...app, certificates: ['generate'] };
    if (app.name !== 'platform-admin') return app;
    return { ...app, graphPermissions: [...(app.graphPermissions ?? []), 'Policy.Read.All'] };
  });
  return {
    ...demoSeed,
    tenants: [
      {
        ...contoso,
        apps: [
          ...apps,
          { name: 'notebook', public: true },
          { name: 'portal', secrets: [{ value: `portal-${SECRET}` }] },
          { name: 'newcomer', secrets: [{ value: `newcomer-${SECRET}` }] },
          { name: 'contractor', secrets: [{ value: `contractor-${SECRET}` }] },
          { name: 'pipeline', federated },
        ],
        conditionalAccess: [
          { name: 'no contractors', users: ['app:contractor'], apps: ['arm'], grant: 'block' },
        ],
      },
      ...others,
    ],
    issuers: [{ issuer: issuer.issuer, keys: issuer.jwks }],
    roleAssignments: [
      ...(demoSeed.roleAssignments ?? []),
      { principal: 'host:vm', role: 'Reader', scope: '/dev/rg-ml' },
      { principal: 'identity:id-cluster', role: 'AzureML Data Scientist', scope: '/dev/rg-ml/ws1' },
      { principal: 'app:pipeline', role: 'Reader', scope: '/dev/rg-ml/ws1' },
    ],
  };
}
