import type { Group } from '../../core/directory-rows.js';
import { isoTime } from '../iso-time.js';

/** A security group as Microsoft Graph shows it. */
export function presentGroup(row: Group): Record<string, unknown> {
  return {
    id: row.id,
    deletedDateTime: null,
    createdDateTime: isoTime(row.createdAt),
    description: row.description ?? null,
    displayName: row.displayName,
    groupTypes: [],
    mail: null,
    mailEnabled: false,
    mailNickname: row.mailNickname ?? row.displayName.replaceAll(/\s/g, ''),
    securityEnabled: true,
    visibility: null,
  };
}
