import { accessApplyCommand } from './commands/access/apply/command.js';
import { accessCollectCommand } from './commands/access/collect/command.js';
import { accessGraphCommand } from './commands/access/graph/command.js';
import { accessPlanCommand } from './commands/access/plan/command.js';
import { accountListCommand } from './commands/account/list/command.js';
import { accountShowCommand } from './commands/account/show/command.js';
import { accountSwitchCommand } from './commands/account/switch/command.js';
import { caListCommand } from './commands/ca/list/command.js';
import { caShowCommand } from './commands/ca/show/command.js';
import { caWhyCommand } from './commands/ca/why/command.js';
import { cacheClearCommand } from './commands/cache/clear/command.js';
import { cacheListCommand } from './commands/cache/list/command.js';
import { cacheMigrateCommand } from './commands/cache/migrate/command.js';
import { cacheVerifyCommand } from './commands/cache/verify/command.js';
import { canCommand } from './commands/can/command.js';
import { completionCommand } from './commands/completion/command.js';
import { computeCreateCommand } from './commands/compute/create/command.js';
import { computeListCommand } from './commands/compute/list/command.js';
import { computeShowCommand } from './commands/compute/show/command.js';
import { computeStartCommand } from './commands/compute/start/command.js';
import { computeStopCommand } from './commands/compute/stop/command.js';
import { configListCommand } from './commands/config/list/command.js';
import { configSetCommand } from './commands/config/set/command.js';
import { configUnsetCommand } from './commands/config/unset/command.js';
import { demoCommand } from './commands/demo/command.js';
import { doctorCommand } from './commands/doctor/command.js';
import { emulatorCaPathCommand } from './commands/emulator/ca/command.js';
import { emulatorDoctorCommand } from './commands/emulator/doctor/command.js';
import { emulatorEnvCommand } from './commands/emulator/env/command.js';
import { emulatorRunCommand } from './commands/emulator/run/command.js';
import { emulatorSeedValidateCommand } from './commands/emulator/seed/command.js';
import { emulatorUpCommand } from './commands/emulator/up/command.js';
import { endpointListCommand } from './commands/endpoint/list/command.js';
import { endpointScoreCommand } from './commands/endpoint/score/command.js';
import { endpointShowCommand } from './commands/endpoint/show/command.js';
import { execCommand } from './commands/exec/command.js';
import { explainCommand } from './commands/explain/command.js';
import { identityEnableCommand } from './commands/identity/enable/command.js';
import { identityGrantCommand } from './commands/identity/grant/command.js';
import { identityShowCommand } from './commands/identity/show/command.js';
import { leastPrivilegeCommand } from './commands/least-privilege/command.js';
import { loginCommand } from './commands/login/command.js';
import { logoutCommand } from './commands/logout/command.js';
import { restCommand } from './commands/rest/command.js';
import { assignmentCreateCommand } from './commands/role/assignment/create/command.js';
import { assignmentDeleteCommand } from './commands/role/assignment/delete/command.js';
import { assignmentListCommand } from './commands/role/assignment/list/command.js';
import { definitionCreateCommand } from './commands/role/definition/create/command.js';
import { definitionDeleteCommand } from './commands/role/definition/delete/command.js';
import { definitionListCommand } from './commands/role/definition/list/command.js';
import { definitionShowCommand } from './commands/role/definition/show/command.js';
import { definitionUpdateCommand } from './commands/role/definition/update/command.js';
import { roleLintCommand } from './commands/role/lint/command.js';
import { roleListCommand } from './commands/role/list/command.js';
import { roleShowCommand } from './commands/role/show/command.js';
import { roleSyncCommand } from './commands/role/sync/command.js';
import { serveCommand } from './commands/serve/command.js';
import { setupJavaCommand } from './commands/setup/java/command.js';
import { setupKubectlCommand } from './commands/setup/kubectl/command.js';
import { setupPythonCommand } from './commands/setup/python/command.js';
import { setupTerraformCommand } from './commands/setup/terraform/command.js';
import { setupVscodeCommand } from './commands/setup/vscode/command.js';
import { createForRbacCommand } from './commands/sp/create-for-rbac/command.js';
import { credentialAddCommand } from './commands/sp/credential/add/command.js';
import { credentialListCommand } from './commands/sp/credential/list/command.js';
import { credentialRemoveCommand } from './commands/sp/credential/remove/command.js';
import { credentialRotateCommand } from './commands/sp/credential/rotate/command.js';
import { spDeleteCommand } from './commands/sp/delete/command.js';
import { spListCommand } from './commands/sp/list/command.js';
import { spShowCommand } from './commands/sp/show/command.js';
import { subscriptionListCommand } from './commands/subscription/list/command.js';
import { subscriptionSetCommand } from './commands/subscription/set/command.js';
import { tenantListCommand } from './commands/tenant/list/command.js';
import { tokenCommand } from './commands/token/command.js';
import { whatCanCommand } from './commands/what-can/command.js';
import { whoCanCommand } from './commands/who-can/command.js';
import { whoamiCommand } from './commands/whoami/command.js';
import { workspaceAccessCommand } from './commands/workspace/access/command.js';
import { workspaceConfigCommand } from './commands/workspace/config/command.js';
import { workspaceListCommand } from './commands/workspace/list/command.js';
import { workspaceShareCommand } from './commands/workspace/share/command.js';
import { workspaceShowCommand } from './commands/workspace/show/command.js';
import { workspaceUnshareCommand } from './commands/workspace/unshare/command.js';
import { defineGroup, type DefinedRoute } from './define-command.js';

/** Everything that the command line can do. */
export const commands: DefinedRoute = defineGroup(
  'Sign in to Azure Machine Learning, call it, and see who may do what.',
  {
    login: loginCommand,
    logout: logoutCommand,
    account: defineGroup('Accounts that have signed in here', {
      list: accountListCommand,
      show: accountShowCommand,
      switch: accountSwitchCommand,
    }),
    subscription: defineGroup('Azure subscriptions', {
      list: subscriptionListCommand,
      set: subscriptionSetCommand,
    }),
    tenant: defineGroup('Microsoft Entra tenants', { list: tenantListCommand }),
    token: tokenCommand,
    exec: execCommand,
    serve: serveCommand,
    setup: defineGroup('Other programs that get their tokens from here', {
      kubectl: setupKubectlCommand,
      terraform: setupTerraformCommand,
      python: setupPythonCommand,
      java: setupJavaCommand,
      vscode: setupVscodeCommand,
    }),
    demo: demoCommand,
    whoami: whoamiCommand,
    workspace: defineGroup('Azure Machine Learning workspaces', {
      show: workspaceShowCommand,
      list: workspaceListCommand,
      config: workspaceConfigCommand,
      share: workspaceShareCommand,
      unshare: workspaceUnshareCommand,
      access: workspaceAccessCommand,
    }),
    sp: defineGroup('Service principals', {
      'create-for-rbac': createForRbacCommand,
      show: spShowCommand,
      list: spListCommand,
      delete: spDeleteCommand,
      credential: defineGroup('Credentials of an application', {
        list: credentialListCommand,
        add: credentialAddCommand,
        remove: credentialRemoveCommand,
        rotate: credentialRotateCommand,
      }),
    }),
    compute: defineGroup('Computes of a workspace', {
      list: computeListCommand,
      show: computeShowCommand,
      create: computeCreateCommand,
      start: computeStartCommand,
      stop: computeStopCommand,
    }),
    endpoint: defineGroup('Online endpoints of a workspace', {
      list: endpointListCommand,
      show: endpointShowCommand,
      score: endpointScoreCommand,
    }),
    can: canCommand,
    'who-can': whoCanCommand,
    'what-can': whatCanCommand,
    'least-privilege': leastPrivilegeCommand,
    explain: explainCommand,
    role: defineGroup('Azure roles', {
      list: roleListCommand,
      show: roleShowCommand,
      sync: roleSyncCommand,
      lint: roleLintCommand,
      assignment: defineGroup('Who has which role', {
        list: assignmentListCommand,
        create: assignmentCreateCommand,
        delete: assignmentDeleteCommand,
      }),
      definition: defineGroup('What roles allow', {
        list: definitionListCommand,
        show: definitionShowCommand,
        create: definitionCreateCommand,
        update: definitionUpdateCommand,
        delete: definitionDeleteCommand,
      }),
    }),
    access: defineGroup('Access as a file', {
      plan: accessPlanCommand,
      apply: accessApplyCommand,
      collect: accessCollectCommand,
      graph: accessGraphCommand,
    }),
    identity: defineGroup('Managed identities', {
      enable: identityEnableCommand,
      grant: identityGrantCommand,
      show: identityShowCommand,
    }),
    ca: defineGroup('Conditional Access', { list: caListCommand, show: caShowCommand, why: caWhyCommand }),
    rest: restCommand,
    cache: defineGroup('Tokens that are kept on this machine', {
      list: cacheListCommand,
      clear: cacheClearCommand,
      verify: cacheVerifyCommand,
      migrate: cacheMigrateCommand,
    }),
    config: defineGroup('Settings', {
      list: configListCommand,
      set: configSetCommand,
      unset: configUnsetCommand,
    }),
    doctor: doctorCommand,
    completion: completionCommand,
    emulator: defineGroup(
      'Microsoft Entra ID, Azure Resource Manager and Azure Machine Learning on this machine',
      {
        up: emulatorUpCommand,
        run: emulatorRunCommand,
        env: emulatorEnvCommand,
        doctor: emulatorDoctorCommand,
        ca: defineGroup("The emulator's certificate authority", { path: emulatorCaPathCommand }),
        seed: defineGroup('What the emulator starts with', { validate: emulatorSeedValidateCommand }),
      },
    ),
  },
);
