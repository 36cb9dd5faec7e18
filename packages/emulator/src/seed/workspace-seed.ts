/** A datastore of a workspace, beside the four that every workspace has. */
export interface SeedDatastore {
  /** Unique in its workspace. */
  readonly name: string;
  /** Default `AzureBlob`. */
  readonly type?: 'AzureBlob' | 'AzureFile' | 'AzureDataLakeGen2' | undefined;
  /** Name of the storage account. */
  readonly account: string;
  /** The container, file share or file system in it. */
  readonly container: string;
  /** One of them, which `listSecrets` gives; default: none, and callers use their own identity. */
  readonly accountKey?: string | undefined;
  /** A shared access signature, in place of the key. */
  readonly sasToken?: string | undefined;
}

/** An online endpoint of a workspace. */
export interface SeedEndpoint {
  /** Unique in its region, as in Azure. */
  readonly name: string;
  /** What its callers prove themselves with. Default `key`. */
  readonly auth?: 'key' | 'aml-token' | 'aad-token' | undefined;
  /** `system` (default) or the name of a user-assigned managed identity. */
  readonly identity?: string | undefined;
  /** Deployments. The first one gets all of the traffic, unless `traffic` says otherwise. Default `[default]`. */
  readonly deployments?: readonly string[] | undefined;
  /** Deployment → percentage; 0 or 100 in all. */
  readonly traffic?: Readonly<Record<string, number>> | undefined;
  /** Its keys. Default: new ones in every run. */
  readonly keys?: { readonly primary: string; readonly secondary: string } | undefined;
}

/** A job of a workspace. It stays in its status. */
export interface SeedJob {
  /** Unique in its workspace. */
  readonly name: string;
  /** Default `Completed`. */
  readonly status?: 'Queued' | 'Running' | 'Completed' | 'Failed' | 'Canceled' | undefined;
  /** Name of a compute of the workspace. Default: none, as serverless jobs have. */
  readonly compute?: string | undefined;
  /** Default `python train.py`. */
  readonly command?: string | undefined;
  /** Default `Default`. */
  readonly experiment?: string | undefined;
  /** User principal name of the person who submitted it, and on whose behalf it runs. */
  readonly user?: string | undefined;
}
