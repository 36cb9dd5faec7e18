// Signs in as the job of GitHub Actions that it runs in: there is nothing to keep, rotate or leak.
import { fromGitHubActions } from '@aml-auth/credentials';
import { setting, showWorkspace } from './show-workspace.ts';

await showWorkspace((cloud) =>
  fromGitHubActions({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    cloud,
  }),
);
