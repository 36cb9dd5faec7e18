import { demoSeed, type EmulatorSeed } from '@aml-auth/emulator';

const [contoso] = demoSeed.tenants;

/** The demo cloud with further applications, and with more subscriptions in a tree of management groups. */
export const accessSeed: EmulatorSeed = {
  ...demoSeed,
  tenants: [
    {
      ...contoso!,
      apps: [
        ...contoso!.apps!,
        ...['nobody', 'top-reader', 'team-owner', 'root-owner', 'delegate'].map((name) => ({
          name,
          secrets: [{ value: name }],
          ...(name === 'root-owner'
            ? { graphPermissions: ['Application.ReadWrite.All', 'Group.ReadWrite.All'] }
            : {}),
        })),
      ],
      groups: [...contoso!.groups!, { name: 'admins', members: ['app:platform-admin'] }],
    },
  ],
  subscriptions: [...demoSeed.subscriptions!, { name: 'prod' }, { name: 'loose' }],
  managementGroups: [
    { name: 'team', parent: 'top', subscriptions: ['dev'] },
    { name: 'top', displayName: 'Top', subscriptions: ['prod'] },
    { name: 'other' },
  ],
  roleAssignments: [
    ...demoSeed.roleAssignments!,
    { principal: 'app:top-reader', role: 'Reader', scope: 'managementGroup:top' },
    { principal: 'app:team-owner', role: 'Owner', scope: 'managementGroup:team' },
    { principal: 'app:root-owner', role: 'Owner', scope: '/' },
  ],
};
