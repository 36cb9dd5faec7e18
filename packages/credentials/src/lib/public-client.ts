/** The Azure CLI's own application: a public client that every tenant knows. */
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** Names that leave the tenant to the account. */
export const ANY_TENANT: ReadonlySet<string> = new Set(['organizations', 'common']);
