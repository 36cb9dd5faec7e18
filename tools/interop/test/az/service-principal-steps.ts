/** What is done by az, and then by us. */
export const steps = [
  'make one with a role and a secret',
  'make one with a secret alone',
  'make one with a certificate',
  'show it',
  'list its credentials',
  'add a secret',
  'remove that secret',
  'trust runs of GitHub Actions',
  'delete it',
] as const;
/** One of {@link steps}. */
export type Step = (typeof steps)[number];

const MAKE_PRINCIPAL = 'POST graph:/servicePrincipals {accountEnabled, appId}';
const ADD_SECRET = 'POST graph:/applications/{id}/addPassword {passwordCredential}';
const ROLE = "GET {workspace}/roleDefinitions where roleName eq 'AzureML Data Scientist'";
const ASSIGN = 'PUT {workspace}/roleAssignments/{id} {principalId, principalType, roleDefinitionId}';
/** az looks an application up by a filter and reads it again by its object id; we read it by its application id. */
const FIND = "GET graph:/applications where appId eq '{id}'";
const READ = 'GET graph:/applications/{id}';
const READ_BY_APP_ID = "GET graph:/applications(appId='{id}')";
const FEDERATED = 'GET graph:/applications/{id}/federatedIdentityCredentials';
const REMOVE_SECRET = 'POST graph:/applications/{id}/removePassword {keyId}';
const TRUST = 'POST graph:/applications/{id}/federatedIdentityCredentials {audiences, issuer, name, subject}';
const byName = (name: string): readonly string[] => [
  `GET graph:/servicePrincipals where displayName eq '${name}'`,
  `GET graph:/applications where startswith(displayName,'${name}')`,
];

/** What is sent at one step. */
export interface Expected {
  readonly az: readonly string[];
  readonly us: readonly string[];
  readonly why: string;
}

/** Every request of every step, in order, and why they differ. */
export const EXPECTED: Readonly<Record<Step, Expected>> = {
  'make one with a role and a secret': {
    az: [
      ...byName('ml'),
      'POST graph:/applications {displayName, keyCredentials}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
      ROLE,
      ASSIGN,
    ],
    us: [
      ROLE,
      'POST graph:/applications {displayName}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
      'GET {workspace}/roleAssignments/{id}',
      ASSIGN,
    ],
    why: 'we take nothing over by its name, look for the role before anything is made, and read before we assign',
  },
  'make one with a secret alone': {
    az: [
      ...byName('plain'),
      'POST graph:/applications {displayName, keyCredentials}',
      ADD_SECRET,
      MAKE_PRINCIPAL,
    ],
    us: ['POST graph:/applications {displayName}', ADD_SECRET, MAKE_PRINCIPAL],
    why: 'we take nothing over by its name',
  },
  'make one with a certificate': {
    az: [...byName('cert'), 'POST graph:/applications {displayName, keyCredentials}', MAKE_PRINCIPAL],
    us: [
      'POST graph:/applications {displayName}',
      READ,
      'PATCH graph:/applications/{id} {keyCredentials}',
      READ,
      MAKE_PRINCIPAL,
    ],
    why: 'we add the certificate as to an application that is there, and look whether it came',
  },
  'show it': {
    az: [
      "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')",
      'GET graph:/servicePrincipals/{id}',
    ],
    us: [READ_BY_APP_ID, "GET graph:/servicePrincipals(appId='{id}')", FEDERATED],
    why: 'we show the application and its credentials, too',
  },
  'list its credentials': {
    az: [FIND, READ, FIND, FEDERATED],
    us: [READ_BY_APP_ID, FEDERATED],
    why: 'az lists secrets and federated credentials by two commands',
  },
  'add a secret': {
    az: [FIND, READ, ADD_SECRET],
    us: [READ_BY_APP_ID, ADD_SECRET],
    why: 'az finds the application in two steps',
  },
  'remove that secret': {
    az: [FIND, READ, REMOVE_SECRET],
    us: [READ_BY_APP_ID, REMOVE_SECRET],
    why: 'as above',
  },
  'trust runs of GitHub Actions': {
    az: [FIND, TRUST],
    us: [READ_BY_APP_ID, FEDERATED, TRUST],
    why: 'we look first whether they are trusted already',
  },
  'delete it': {
    az: [
      "GET graph:/servicePrincipals where servicePrincipalNames/any(c:c eq '{id}')",
      'DELETE graph:/servicePrincipals/{id}',
      FIND,
      'DELETE graph:/applications/{id}',
    ],
    us: [
      READ_BY_APP_ID,
      "GET graph:/servicePrincipals(appId='{id}')",
      "GET {workspace}/roleAssignments where principalId eq '{id}'",
      'DELETE {workspace}/roleAssignments/{id}',
      'DELETE graph:/applications/{id}',
    ],
    why: 'we take its role assignments away, which az leaves behind, and the service principal goes with the application',
  },
};
