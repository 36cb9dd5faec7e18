// Signs in with a certificate: there is no secret that could be sent anywhere. The file is read again when it changes.
import { fromClientCertificate } from '@aml-auth/credentials';
import { setting, showWorkspace } from './show-workspace.ts';

await showWorkspace((cloud) =>
  fromClientCertificate({
    tenantId: setting('AZURE_TENANT_ID'),
    clientId: setting('AZURE_CLIENT_ID'),
    certificatePath: setting('AZURE_CLIENT_CERTIFICATE_PATH'),
    cloud,
  }),
);
