/** Whether a `claims` parameter declares the capability `cp1`. Clients differ in its case. */
export function declaresCae(claims: string | null): boolean {
  try {
    const parsed = JSON.parse(claims ?? 'null') as {
      access_token?: { xms_cc?: { values?: unknown } };
    } | null;
    const values = parsed?.access_token?.xms_cc?.values;
    return Array.isArray(values) && values.some((value) => String(value).toLowerCase() === 'cp1');
  } catch {
    return false;
  }
}

/** What tokens have for clients that can handle claims challenges: the capability, and `xms_ssm`, a constant. */
export function capabilityClaims(cae: boolean): Readonly<Record<string, unknown>> {
  return cae ? { xms_cc: ['cp1'], xms_ssm: '1' } : {};
}
