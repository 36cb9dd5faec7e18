import type { AddedCredential, ApplicationCredential } from '@aml-auth/rbac';
import type { Cell } from '../../output/print-table.js';

/** A credential as it is printed: times as RFC 3339, and nothing secret. */
export function credentialView(credential: ApplicationCredential): Record<string, Cell> {
  const { kind, id } = credential;
  if (credential.kind === 'federated') {
    const { name, issuer, subject, audience } = credential;
    return { kind, id, name, issuer, subject, audience };
  }
  const { displayName, startsAt, endsAt, hint, thumbprint } = credential;
  return { kind, id, name: displayName, startsAt: time(startsAt), endsAt: time(endsAt), hint, thumbprint };
}

/** What there is to keep of a new credential; undefined where that is nothing. */
export function secretOf(added: AddedCredential): string | undefined {
  if (added.kind === 'secret') return added.secret.reveal();
  if (added.kind === 'federated' || added.privateKey === undefined) return undefined;
  return `${added.privateKey.reveal().trim()}\n${added.certificate.trim()}\n`;
}

/** The rows of a listing. */
export function credentialRows(credentials: readonly ApplicationCredential[]): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  return {
    headings: ['kind', 'id', 'name', 'ends', 'subject'],
    rows: credentials.map(credentialView).map(({ kind, id, name, endsAt, subject }) => {
      return [kind, id, name, endsAt, subject];
    }),
  };
}

function time(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}
