import type { EmulatorSeed } from './emulator-seed.js';

/**
 * The cloud of the examples: the tenant contoso with three applications that may do different
 * things, and the subscription dev with two resource groups. The secrets open nothing but the emulator.
 */
export const demoSeed: EmulatorSeed = {
  version: 1,
  tenants: [
    {
      name: 'contoso',
      users: [
        { upn: 'alice@contoso', name: 'Alice', password: 'alice-password-of-the-emulator' },
        { upn: 'bob@contoso', name: 'Bob', password: 'bob-password-of-the-emulator', mfa: 'registered' },
      ],
      groups: [{ name: 'data-science', members: ['alice@contoso'] }],
      apps: [
        { name: 'trainer', secrets: [{ value: 'trainer-secret-of-the-emulator' }] },
        {
          name: 'platform-admin',
          secrets: [{ value: 'platform-admin-secret-of-the-emulator' }],
          graphPermissions: ['Application.ReadWrite.All', 'Directory.Read.All', 'GroupMember.ReadWrite.All'],
        },
        { name: 'auditor', secrets: [{ value: 'auditor-secret-of-the-emulator' }] },
      ],
    },
  ],
  subscriptions: [
    {
      name: 'dev',
      tenant: 'contoso',
      resourceGroups: [
        {
          name: 'rg-ml',
          location: 'westeurope',
          identities: [{ name: 'id-cluster' }],
          workspaces: [
            { name: 'ws1', computes: [{ name: 'cpu', kind: 'AmlCompute', identity: 'id-cluster' }] },
          ],
        },
        { name: 'rg-ml2', location: 'westeurope' },
      ],
    },
  ],
  roleAssignments: [
    { principal: 'app:trainer', role: 'AzureML Data Scientist', scope: '/dev/rg-ml/ws1' },
    { principal: 'app:platform-admin', role: 'Owner', scope: '/dev' },
    { principal: 'app:auditor', role: 'Reader', scope: '/dev' },
    { principal: 'group:data-science', role: 'Reader', scope: '/dev/rg-ml' },
    { principal: 'host:vm', role: 'Reader', scope: '/dev/rg-ml2' },
  ],
  hosts: [
    { kind: 'vm', as: 'system' },
    { kind: 'cloud-shell', as: 'alice@contoso' },
  ],
};
