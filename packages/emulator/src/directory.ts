import { AmlAuthError } from '@aml-auth/core';

import type { Application } from './core/directory-rows.js';
import type { Store } from './core/store.js';
import type { Emulator, EmulatorCertificate } from './emulator.js';
import type { EmulatorSeed } from './seed/emulator-seed.js';
import { fullUpn } from './seed/find-principal.js';

/** The look-ups of an emulator by name. */
export type Directory = Pick<Emulator, 'tenant' | 'app' | 'user' | 'group' | 'subscription' | 'workspace'> & {
  /** Name of the first application. */
  readonly firstApp: string | undefined;
};

/** Look-ups over the present state; secrets and private keys come from the seed, because the state does not hold them. */
export function createDirectory(
  store: Store,
  seed: EmulatorSeed,
  certificates: ReadonlyMap<string, EmulatorCertificate>,
): Directory {
  const secrets = new Map<string, string>();
  for (const tenant of seed.tenants) {
    for (const { name, secrets: [first] = [] } of tenant.apps ?? []) {
      if (first !== undefined) secrets.set(`${tenant.name}/${name}`, first.value);
    }
  }
  const passwords = passwordsOf(store, seed);
  return {
    firstApp: seed.tenants.flatMap(({ apps = [] }) => apps)[0]?.name,
    tenant(name) {
      const row = store.list('tenants').find((tenant) => name === undefined || tenant.name === name);
      if (row === undefined) throw notInEmulator('tenant', name);
      return { id: row.id, name: row.name, domain: row.domains[0] ?? '' };
    },
    app(name) {
      const tenantName = ({ tenantId }: Application): string => store.get('tenants', tenantId)?.name ?? '';
      const application = store
        .list('applications')
        .find((row) => [row.displayName, `${tenantName(row)}/${row.displayName}`].includes(name));
      const principal = store
        .list('servicePrincipals')
        .find(({ appId, tenantId }) => appId === application?.clientId && tenantId === application.tenantId);
      if (application === undefined || principal === undefined) throw notInEmulator('app', name);
      const path = `${tenantName(application)}/${application.displayName}`;
      return {
        tenantId: application.tenantId,
        clientId: application.clientId,
        objectId: principal.id,
        applicationId: application.id,
        secret: secrets.get(path),
        certificate: certificates.get(path),
      };
    },
    user(upn) {
      const wanted = fullUpn(upn).toLowerCase();
      const row = store.list('users').find((user) => user.userPrincipalName.toLowerCase() === wanted);
      if (row === undefined) throw notInEmulator('user', upn);
      const { id, tenantId, userPrincipalName: full } = row;
      return { id, tenantId, name: full, password: passwords.get(`${tenantId}/${full}`) };
    },
    group(name) {
      const row = store.list('groups').find(({ displayName }) => displayName === name);
      if (row === undefined) throw notInEmulator('group', name);
      return { id: row.id, tenantId: row.tenantId, name: row.displayName };
    },
    subscription(name) {
      const row = store
        .list('subscriptions')
        .find(({ displayName }) => name === undefined || displayName === name);
      if (row === undefined) throw notInEmulator('subscription', name);
      return { id: row.id, tenantId: row.tenantId };
    },
    workspace(name) {
      const row = store
        .list('workspaces')
        .find((workspace) =>
          [undefined, workspace.name, `${workspace.resourceGroup}/${workspace.name}`].includes(name),
        );
      if (row === undefined) throw notInEmulator('workspace', name);
      const { id, subscriptionId, resourceGroup, identity } = row;
      return {
        id,
        subscriptionId,
        resourceGroup,
        name: row.name,
        principalId: identity.principalId ?? undefined,
      };
    },
  };
}

/** Passwords of the seed, by tenant id and user principal name. */
function passwordsOf(store: Store, seed: EmulatorSeed): ReadonlyMap<string, string> {
  const passwords = new Map<string, string>();
  for (const { name, users = [] } of seed.tenants) {
    const tenantId = store.list('tenants').find((tenant) => tenant.name === name)?.id ?? '';
    for (const { upn, password } of users) {
      if (password !== undefined) passwords.set(`${tenantId}/${fullUpn(upn)}`, password);
    }
  }
  return passwords;
}

/** `AML_NOT_FOUND` of a look-up by name. */
export function notInEmulator(kind: string, name: string | undefined): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_NOT_FOUND',
    message: `The emulator has no ${kind}${name === undefined ? '' : ` ${name}`}.`,
    remedy: 'Look into the seed for the names that it has.',
  });
}
