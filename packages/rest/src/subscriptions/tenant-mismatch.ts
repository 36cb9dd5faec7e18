import { isAmlAuthError, isGuid } from '@aml-auth/core';

/** Two tenants where there should be one. */
export interface TenantMismatch {
  /** Of the token that was sent; undefined where the service does not say. */
  readonly tokenTenantId: string | undefined;
  /** That the subscription belongs to: where to sign in. */
  readonly tenantId: string;
}

const CODE = 'InvalidAuthenticationTokenTenant';

/**
 * The tenants of an error that says that the token is of another tenant than the subscription
 * (`InvalidAuthenticationTokenTenant` of Azure Resource Manager); undefined for every other error.
 */
export function tenantMismatch(error: unknown): TenantMismatch | undefined {
  if (!isAmlAuthError(error) || error.armCode !== CODE) return undefined;
  return readTenantMismatch(error.message);
}

/**
 * Reads the tenants out of the text of `InvalidAuthenticationTokenTenant`.
 *
 * @param ofHeader - the tenant in `WWW-Authenticate`, which goes before that in the text
 */
export function readTenantMismatch(message: string, ofHeader?: string): TenantMismatch | undefined {
  const tokenTenantId = tenantIn(/wrong issuer '(https:\/\/[^']{1,200})'/.exec(message)?.[1]);
  const ofText = tenantIn(
    /must match (?:the tenant|one of the tenants) '(https:\/\/[^',]{1,200})/.exec(message)?.[1],
  );
  const tenantId = ofHeader ?? ofText;
  return tenantId === undefined ? undefined : { tokenTenantId, tenantId };
}

/** The next step, in one sentence. */
export function mismatchRemedy({ tokenTenantId, tenantId }: TenantMismatch): string {
  const found = tokenTenantId === undefined ? 'another tenant' : `tenant ${tokenTenantId}`;
  return `The token is of ${found}, and the subscription belongs to tenant ${tenantId}: sign in to that one, for example with tenantId of the credential, or az login --tenant ${tenantId}.`;
}

/** `https://sts.windows.net/<tenant>/` */
function tenantIn(issuer: string | undefined): string | undefined {
  const tenant = issuer?.split('/')[3]?.toLowerCase();
  return tenant !== undefined && isGuid(tenant) ? tenant : undefined;
}
