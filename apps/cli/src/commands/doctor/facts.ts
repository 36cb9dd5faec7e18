import type { AmlAuthError, LinkRecord } from '@aml-auth/core';
import type { FileStoreStatus, StoreVerification } from '@aml-auth/token-cache';

/** A host of the cloud, as it was reached. */
export interface HostFact {
  readonly name: string;
  readonly origin: string;
  /** How far its clock is ahead of this machine's, in milliseconds; undefined where it did not say. */
  readonly skewMs?: number | undefined;
  /** Why it was not reached. */
  readonly problem?: string | undefined;
}

/** A program in the PATH. */
export interface ProgramFact {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly path?: string | undefined;
  /** Folders of the PATH up to it in which others could put one of that name. */
  readonly unsafe: readonly string[];
}

/** A file or folder of ours that others may write to or read, or that is not ours. */
export interface UnsafeFile {
  readonly path: string;
  readonly problem: 'open to others' | 'a link' | 'of another user';
  /** The mode that repairs it; undefined where another mode does not. */
  readonly mode?: number | undefined;
}

/** The Instance Metadata Service, as it was asked. */
export interface MetadataFact {
  readonly answers: boolean;
  readonly evidence: string;
}

/** What variables lead to. */
export interface VariableFacts {
  /** Variables that name a managed-identity endpoint of this machine at which nothing listens. */
  readonly dead: readonly string[];
  /** Variables that name a file which cannot be read. */
  readonly unreadable: readonly string[];
}

/** Who is signed in, by the token that came. */
export interface TokenFact {
  readonly method: string;
  readonly cloud: string;
  readonly account?: string | undefined;
  readonly identity: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly expiresOn: number;
}

/** What somebody may do at the workspace. */
export interface AccessFact {
  readonly workspace: string;
  readonly roles: readonly string[];
  readonly canRead: boolean;
}

/** Something that was tried: what came of it, why not, or undefined where it was not tried. */
export type Tried<T> = { readonly value: T } | { readonly error: AmlAuthError } | undefined;

/** Everything that the checks decide by. */
export interface Facts {
  readonly nodeVersion: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly variables: VariableFacts;
  readonly hosts: readonly HostFact[];
  /** The data plane of the workspace's region. */
  readonly dataPlane: Tried<HostFact>;
  readonly programs: readonly ProgramFact[];
  readonly token: Tried<TokenFact>;
  readonly chain: LinkRecord | undefined;
  readonly metadata: MetadataFact;
  readonly store: FileStoreStatus | undefined;
  readonly verification: StoreVerification | undefined;
  readonly unsafeFiles: readonly UnsafeFile[];
  /** What is wrong with the files of settings and accounts. */
  readonly localProblem: AmlAuthError | undefined;
  readonly access: Tried<AccessFact>;
}
