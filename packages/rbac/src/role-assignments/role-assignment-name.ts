import { createHash } from 'node:crypto';

import { parseTarget } from './assignment-target.js';

/** The name space of these names (RFC 9562, section 5.5). Chosen once; to change it would double assignments. */
const NAME_SPACE = Buffer.from('b6f3c9d21d5e4c0f9a7e3f8b5c2d4e61', 'hex');

/**
 * The name under which this package creates a role assignment: the version 5 UUID (RFC 9562) of
 * scope, principal and role, so that creating it again meets the same one. Case does not count, nor
 * whether the role is given by its GUID or by a resource id.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a scope that is none, and for ids that are no GUIDs
 */
export function roleAssignmentName(scope: string, principalId: string, roleDefinitionId: string): string {
  const target = parseTarget({ scope, principalId, roleDefinitionId });
  const name = JSON.stringify([target.scope.toLowerCase(), target.principalId, target.roleDefinitionId]);
  const bytes = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
