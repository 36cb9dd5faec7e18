import type { WorkspaceRef } from '../resource-names.js';

/** What a new workspace is to be. */
export interface CreateWorkspaceOptions extends WorkspaceRef {
  /** Region, such as `westeurope`; also of what is made beside the workspace. */
  readonly location: string;
  /** Whether the resource group is made where it is missing. Default false. */
  readonly createResourceGroup?: boolean | undefined;
  /** Whether a workspace of that name that is there already is given back as it is. Default false: an error. */
  readonly existOk?: boolean | undefined;
  /** ARM id of a storage account. Default: a new one, beside the workspace. */
  readonly storageAccount?: string | undefined;
  /** ARM id of a key vault. Default: a new one. */
  readonly keyVault?: string | undefined;
  /** ARM id of an Application Insights component. Default: a new one, with a Log Analytics workspace. */
  readonly applicationInsights?: string | undefined;
  /** ARM id of a container registry. Default: none; Azure Machine Learning makes one when it needs it. */
  readonly containerRegistry?: string | undefined;
  /** Default: the name. */
  readonly friendlyName?: string | undefined;
  /** For people. Default: none. */
  readonly description?: string | undefined;
  /** Also of what is made beside the workspace. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Default: system-assigned. User-assigned identities by ARM id, each with `{}`. */
  readonly identity?:
    { readonly type: string; readonly userAssignedIdentities?: Readonly<Record<string, object>> } | undefined;
  /** More properties of the workspace, as in the specification: `publicNetworkAccess`, `hbiWorkspace` … */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}
