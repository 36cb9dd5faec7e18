/** A directory. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** In lower case; the first one is the initial domain. */
  readonly domains: readonly string[];
  /** Most custom roles; default 5,000. */
  readonly customRoleLimit?: number;
}

/** A person in a directory. */
export interface User {
  readonly id: string;
  readonly tenantId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** SHA-256 of object id and password, in hexadecimal; null where nobody can sign in. */
  readonly passwordHash: string | null;
  /** Whether the user has a second factor. */
  readonly mfa: 'registered' | 'none';
  /** Default true. */
  readonly accountEnabled?: boolean;
  /** Whether the password has expired, or is an administrator's that the user must change. */
  readonly mustChangePassword?: boolean;
  /** Template ids of the directory roles that the user has. */
  readonly directoryRoles?: readonly string[];
  /** Further properties as Microsoft Graph was given them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** A security group. */
export interface Group {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** Object ids of the direct members: users, service principals and groups. */
  readonly memberIds: readonly string[];
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  readonly description?: string | null;
  /** Default: its name without blanks. */
  readonly mailNickname?: string;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** A client secret as the directory keeps it: enough to check one, not enough to read it. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** The first three characters, as Microsoft Graph shows them. */
  readonly hint: string;
  /** SHA-256 of key id and secret, in hexadecimal. */
  readonly hash: string;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly startsAt?: number;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** An RSA public key as a JSON Web Key (RFC 7517). */
export interface RsaPublicKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** A certificate as the directory keeps it. */
export interface KeyCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** SHA-1 of the certificate, 40 hexadecimal digits in upper case. */
  readonly thumbprint: string;
  /** SHA-256 of the certificate, 64 hexadecimal digits in upper case. */
  readonly thumbprintSha256: string;
  readonly publicKey: RsaPublicKey;
  /** Milliseconds since the epoch, as is `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Whose tokens of another identity provider stand for the application. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly description?: string;
}

/** Another identity provider, with the keys that it would publish. */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly keys: readonly (RsaPublicKey & { readonly kid: string | null })[];
}

/** An application registration. */
export interface Application {
  /** Object id of the registration; neither the client id nor the service principal's id. */
  readonly id: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** A name that no other application of the tenant has, and that never changes. */
  readonly uniqueName?: string;
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly keyCredentials: readonly KeyCredential[];
  readonly federatedCredentials: readonly FederatedCredential[];
  /** Whether it signs users in without proving itself. */
  readonly isPublicClient: boolean;
  /** Where authorization codes may be sent. */
  readonly redirectUris: readonly string[];
  /** Lifetime of its access tokens in seconds, where it is not the default. */
  readonly tokenLifetime: number | null;
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  /** Further properties as Microsoft Graph was given them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, where Microsoft Graph made it. */
  readonly createdAt?: number;
}

/** What a role is assigned to when an application or a resource acts for itself. */
export interface ServicePrincipal {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity';
  /** The resource that a managed identity belongs to. */
  readonly resourceId: string | null;
  /** Object ids of those who may manage it. */
  readonly ownerIds?: readonly string[];
  /** Application permissions of Microsoft Graph that an administrator granted it. */
  readonly graphPermissions?: readonly string[];
  /** Whether it lets in only users who are assigned to it. Default false. */
  readonly assignmentRequired?: boolean;
  /** Users and groups that are assigned to it. */
  readonly appRoleAssignments?: readonly AppRoleAssignment[];
  /** Default true. */
  readonly accountEnabled?: boolean;
}

/** The assignment of a user or group to an application. */
export interface AppRoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly appRoleId: string;
  readonly createdAt: number;
}
