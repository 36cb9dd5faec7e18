import { demoSeed, type EmulatorSeed } from '@aml-auth/emulator';

const [contoso] = demoSeed.tenants;

/** The demo cloud with applications that hold different permissions of Microsoft Graph, and a second tenant. */
export const graphSeed: EmulatorSeed = {
  ...demoSeed,
  tenants: [
    {
      ...contoso!,
      users: [...contoso!.users!, { upn: 'owner@contoso', password: 'owner-password' }],
      groups: [
        ...contoso!.groups!,
        { name: 'everybody', members: ['group:data-science', 'app:trainer'] },
        { name: 'empty' },
      ],
      apps: [
        ...contoso!.apps!,
        { name: 'reader', graphPermissions: ['Directory.Read.All'], secrets: [{ value: 'reader' }] },
        {
          name: 'deployer',
          graphPermissions: ['Application.ReadWrite.OwnedBy'],
          secrets: [{ value: 'deployer' }],
        },
        {
          name: 'group-admin',
          graphPermissions: ['Group.ReadWrite.All', 'User.Read.All'],
          secrets: [{ value: 'group-admin' }],
        },
        {
          name: 'policy-admin',
          graphPermissions: ['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All'],
          secrets: [{ value: 'policy-admin' }],
        },
        {
          name: 'policy-writer',
          graphPermissions: ['Policy.ReadWrite.ConditionalAccess'],
          secrets: [{ value: 'policy-writer' }],
        },
        { name: 'owned', owners: ['owner@contoso', 'app:deployer'] },
        { name: 'desktop', public: true },
      ],
    },
    {
      name: 'fabrikam',
      users: [{ upn: 'mallory@fabrikam' }],
      apps: [
        { name: 'stranger', graphPermissions: ['Directory.Read.All'], secrets: [{ value: 'stranger' }] },
      ],
    },
  ],
};
