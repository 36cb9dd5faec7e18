import { AmlAuthError, publicCloud, type Cloud } from '@aml-auth/core';

import type { CreatedForRbac } from './create-for-rbac.js';

/** How the output is written. */
export interface FormatForRbacOptions {
  /** Whose endpoints are named. Default: the public cloud. */
  readonly cloud?: Cloud | undefined;
  /** Where the PEM file with private key and certificate was written to. Needed for a certificate. */
  readonly certificateFile?: string | undefined;
}

/** What Azure CLI writes beside the endpoints that a `Cloud` has; `null` where it knows none. */
interface OldEndpoints {
  readonly resourceManager: string;
  readonly directoryGraph: string | null;
  readonly sql: string | null;
  readonly gallery: string | null;
  readonly management: string | null;
}

/** As Azure CLI has them; the public cloud's Resource Manager ends with a slash, the others' do not. */
const OLD_ENDPOINTS: Readonly<Record<string, OldEndpoints>> = {
  AzureCloud: {
    resourceManager: 'https://management.azure.com/',
    directoryGraph: 'https://graph.windows.net/',
    sql: 'https://management.core.windows.net:8443/',
    gallery: 'https://gallery.azure.com/',
    management: 'https://management.core.windows.net/',
  },
  AzureChinaCloud: {
    resourceManager: 'https://management.chinacloudapi.cn',
    directoryGraph: 'https://graph.chinacloudapi.cn/',
    sql: 'https://management.core.chinacloudapi.cn:8443/',
    gallery: 'https://gallery.chinacloudapi.cn/',
    management: 'https://management.core.chinacloudapi.cn/',
  },
  AzureUSGovernment: {
    resourceManager: 'https://management.usgovcloudapi.net/',
    directoryGraph: 'https://graph.windows.net/',
    sql: 'https://management.core.usgovcloudapi.net:8443/',
    gallery: 'https://gallery.usgovcloudapi.net/',
    management: 'https://management.core.usgovcloudapi.net/',
  },
};

/**
 * The JSON that `az ad sp create-for-rbac --sdk-auth` (`--json-auth`) prints, byte for byte and without a line break
 * at its end. It holds the secret.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a federated credential, which this form has no place for, without a
 *   subscription, and for a certificate without its file
 */
export function formatSdkAuth(created: CreatedForRbac, options: FormatForRbacOptions = {}): string {
  const { cloud = publicCloud } = options;
  const { application, tenantId, subscriptionId } = created;
  if (subscriptionId === undefined) {
    throw invalid('The output names a subscription, and none is known.', 'Give subscriptionId or a scope.');
  }
  const proof = proofOf(created, options);
  const old = OLD_ENDPOINTS[cloud.name];
  return asciiJson({
    clientId: application.appId,
    ...('password' in proof ? { clientSecret: proof.password } : { clientCertificate: proof.file }),
    subscriptionId,
    tenantId,
    activeDirectoryEndpointUrl: cloud.authorityHost,
    resourceManagerEndpointUrl: old?.resourceManager ?? `${cloud.resourceManager.endpoint}/`,
    activeDirectoryGraphResourceId: old?.directoryGraph ?? null,
    sqlManagementEndpointUrl: old?.sql ?? null,
    galleryEndpointUrl: old?.gallery ?? null,
    managementEndpointUrl: old?.management ?? null,
  });
}

/**
 * The JSON that `az ad sp create-for-rbac` prints, byte for byte and without a line break at its end. It holds the
 * secret. A federated credential has `null` as its password.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a certificate without its file
 */
export function formatForRbac(created: CreatedForRbac, options: FormatForRbacOptions = {}): string {
  const { application, tenantId, credential } = created;
  const proof = credential.kind === 'federated' ? {} : proofOf(created, options);
  return JSON.stringify(
    {
      appId: application.appId,
      displayName: application.displayName,
      ...('file' in proof ? { fileWithCertAndPrivateKey: proof.file } : {}),
      password: 'password' in proof ? proof.password : null,
      tenant: tenantId,
    },
    undefined,
    2,
  );
}

type Proof = { readonly password: string } | { readonly file: string };

function proofOf({ credential }: CreatedForRbac, { certificateFile }: FormatForRbacOptions): Proof {
  if (credential.kind === 'secret') return { password: credential.secret.reveal() };
  if (credential.kind === 'certificate' && certificateFile !== undefined) return { file: certificateFile };
  if (credential.kind === 'certificate') {
    throw invalid(
      'The output names the file of the certificate, and none was given.',
      'Give certificateFile.',
    );
  }
  throw invalid(
    'This form is for secrets and certificates, and the credential is a federated one.',
    'Use the client id, tenant id and subscription id as they are: there is no secret.',
  );
}

/** As Python writes JSON: everything outside ASCII is escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
