/** A command line of the transcript. Names in braces stand for ids of the emulator. */
export interface Entry {
  /** Without the program's name. */
  readonly line: string;
  /** The exit code that it ends with. Default 0. */
  readonly code?: number;
  /** The application whose variables it finds; `nobody` for none. Default `platform-admin`. */
  readonly as?: 'trainer' | 'auditor' | 'nobody';
  /** Standard input. */
  readonly input?: string;
  /** It runs until somebody ends it: ended as soon as this is on standard error or standard output. */
  readonly until?: RegExp;
}

const WORKSPACES = 'Microsoft.MachineLearningServices/workspaces';
const nobody = (line: string, code = 0): Entry => ({ line, code, as: 'nobody' });

/**
 * The commands of the transcript, in order; all share one home and one cloud. A new command wants a line here, in the
 * order in which it makes sense: its name is enough.
 */
export const entries: readonly (string | Entry)[] = [
  nobody(
    'login --client-id {trainer} --tenant {tenant} --client-secret-file secret.txt --name ci -o json --query method',
  ),
  nobody('account list'),
  nobody('account show -o json --query name'),
  nobody('account switch ci'),
  nobody('account switch somebody', 6),
  nobody('subscription list'),
  nobody('subscription set {subscription}'),
  nobody('tenant list'),
  nobody('logout ci'),
  nobody('whoami', 4),

  'whoami',
  'token --format header',
  'token --format json',
  'exec -- node -e "process.exit(process.env.IDENTITY_ENDPOINT ? 0 : 1)"',
  { line: 'serve', until: /Ctrl-C/ },
  'setup kubectl',
  'setup kubectl --file kubeconfig.yaml',
  'setup terraform',
  'setup python',
  'setup java --file TokenExample.java',
  'setup vscode --part launch',
  'setup vscode --write',
  'cache clear',
  'token -o none --format json',
  'cache list',
  'cache verify',
  'cache migrate',

  'config set lang en',
  'config list --show-origin',
  'config unset lang',

  'workspace list',
  'workspace show ws1',
  'workspace config ws1',
  'workspace share ws1 --with data-science --receipt share.json',
  'workspace access ws1',
  'workspace unshare --receipt share.json --yes',
  { line: 'workspace access ws1', as: 'trainer', code: 5 },
  'compute list',
  'compute show cpu',
  'compute create gpu --size STANDARD_NC6 --max-nodes 2',
  'compute create desk --kind instance --size STANDARD_DS3_V2',
  'compute stop desk',
  'compute start desk',
  'endpoint list',
  'endpoint show scoring',
  'endpoint score scoring --data "[[1, 2]]"',

  `can ${WORKSPACES}/jobs/write --principal {trainer-object}`,
  { line: `can ${WORKSPACES}/delete --principal {trainer-object}`, code: 5 },
  `who-can ${WORKSPACES}/delete`,
  'what-can --principal {trainer-object} -o json --query "length(allowed)"',
  `least-privilege ${WORKSPACES}/jobs/write ${WORKSPACES}/jobs/read`,
  'explain AADSTS7000215',

  nobody('role list --catalogue --search "data scientist"'),
  nobody('role show "AzureML Data Scientist" --catalogue'),
  'role sync --out roles.json',
  'role lint role.json',
  'role definition list --name Reader',
  'role definition create role.json',
  'role definition update role.json',
  'role definition show "Job reader" -g rg-ml',
  'role list --custom-only -g rg-ml',
  { line: 'role sync --out roles.json -g rg-ml --dry-run', code: 3 },
  'role assignment create --assignee data-science --role "Job reader" -g rg-ml',
  'role assignment list -g rg-ml --placement at',
  'role assignment delete --assignee data-science --role "Job reader" -g rg-ml --yes',
  'role definition delete "Job reader" -g rg-ml --yes',
  { line: 'access plan access.yaml', code: 3 },
  'access apply access.yaml --yes --no-input',
  'access collect --scopes {workspace} --file access.json',
  'access graph --from access.json --out graph.html',

  'identity show {workspace}/computes/cpu',
  'identity enable {vm}',
  'identity grant {vm} --role Reader --workspace ws1',

  'sp create-for-rbac --unique-name pipeline --github contoso/ml --branch main --role Reader --workspace ws1',
  'sp show pipeline',
  'sp list --display-name pipeline',
  'sp credential add pipeline --credential secret --days 30 --credential-file pipeline.secret',
  'sp credential list pipeline',
  'sp credential rotate pipeline --credential secret --credential-file new.secret',
  'sp credential remove pipeline 00000000-0000-0000-0000-000000000000 --yes',
  'sp delete pipeline --yes',

  'ca list',
  'ca show {policy}',
  { line: 'ca why', as: 'auditor', code: 4 },
  'rest /subscriptions --api-version 2022-12-01 --query "value[].displayName"',

  'doctor -o json --query "findings[].id"',
  'completion bash',
  'demo --list',
  { line: 'emulator up', until: /Ctrl-C|\n/ },
  'emulator run -- node -e "process.exit(process.env.AZURE_CLIENT_ID ? 0 : 1)"',
  'emulator seed validate {folder}/cloud.yaml',
  { line: 'emulator env', code: 6 },
  'emulator ca path',
  { line: 'emulator doctor -o json --query "findings[].check"', code: 1 },
];
