import { AmlAuthError } from '@aml-auth/core';

import type { DeviceCode } from './core/sign-in-rows.js';
import type { User } from './core/directory-rows.js';
import { revokeTokens } from './core/revocations.js';
import { notInEmulator, type Directory } from './directory.js';
import type { Emulator } from './emulator.js';
import { approve, decline, pendingDeviceCode, slowDown } from './entra/devices/decide-device-code.js';
import { findUser } from './entra/users/find-user.js';
import { revokeFamilies } from './entra/users/refresh-tokens.js';
import { findPrincipalId } from './find-principal-id.js';
import type { World } from './http/call.js';
import { fullUpn } from './seed/find-principal.js';

/** What a person would do elsewhere, for tests. */
export type SignInControl = Pick<
  Emulator,
  'approveDeviceCode' | 'declineDeviceCode' | 'slowDownDeviceCode' | 'revokeRefreshTokens' | 'revoke'
>;

/** Decides about device codes and tokens of a world. */
export function createSignInControl(world: World, directory: Pick<Directory, 'app' | 'user'>): SignInControl {
  function userOf(upn: string, tenantId: string | null): User {
    const user = findUser(world.store, tenantId, fullUpn(upn));
    if (user === undefined) throw notInEmulator('user', upn);
    return user;
  }

  function waiting(userCode: string): DeviceCode {
    const row = pendingDeviceCode(world, userCode);
    if (row !== undefined) return row;
    throw new AmlAuthError({
      code: 'AML_NOT_FOUND',
      message: `No device waits with the code ${userCode}.`,
      remedy: 'Give the user code that the device shows; it lasts 15 minutes and can be decided about once.',
    });
  }

  return {
    approveDeviceCode(userCode, upn) {
      const row = waiting(userCode);
      approve(world, row, userOf(upn, row.tenantId));
    },
    declineDeviceCode: (userCode) => {
      decline(world, waiting(userCode));
    },
    slowDownDeviceCode: (userCode) => {
      slowDown(world, waiting(userCode));
    },
    revokeRefreshTokens: (upn) => {
      revokeFamilies(world, userOf(upn, null).id);
    },
    revoke: (principal) => {
      const { store, clock } = world;
      revokeTokens(store, findPrincipalId(store, directory, principal), clock.now());
    },
  };
}
