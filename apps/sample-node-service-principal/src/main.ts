// Signs in with a client secret. All settings come from the environment: see README.md.
import { fromClientSecret } from '@aml-auth/credentials';
import { setting, showWorkspace } from './show-workspace.ts';

await showWorkspace((cloud) =>
  fromClientSecret({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    clientSecret: setting('AZURE_CLIENT_SECRET'),
    cloud,
  }),
);
