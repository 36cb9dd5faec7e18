/** A tree of files, where a search begins in it, and what the SDKs for Python then read. */
export interface ConfigCase {
  readonly name: string;
  /** Path → text; a path that ends in `/` is a folder, and a text that begins with `->` the target of a link. */
  readonly files: Readonly<Record<string, string>>;
  /** The working directory. */
  readonly from: string;
  /** What is given as `path`. */
  readonly path?: string;
  readonly fileName?: string;
  /** The name of the workspace that is read; undefined where that is an error. */
  readonly reads: string | undefined;
  /** Where azureml-core reads another one than azure-ai-ml: with `parents: Infinity`. */
  readonly core?: string;
}

const SUBSCRIPTION = '00000000-0000-0000-0000-00000000000a';

/** As the portal and the documentation have it. */
export const keys = (name: string): string =>
  JSON.stringify({ subscription_id: SUBSCRIPTION, resource_group: 'rg', workspace_name: name });

/** As `write_config` of azureml-core has it. */
export const scope = (name: string, more = ''): string =>
  JSON.stringify({ Id: null, Scope: `${scopeOf(name)}${more}` });

const scopeOf = (name: string): string =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/${name}`;

const DEEP = Array.from({ length: 20 }, (_, index) => `d${String(index)}`).join('/');

/** Each was read with azure-ai-ml 1.35.2 and azureml-core 1.61.0. */
export const CONFIG_CASES: readonly ConfigCase[] = [
  { name: 'three keys here', files: { 'a/config.json': keys('here') }, from: 'a', reads: 'here' },
  { name: 'a Scope here', files: { 'a/config.json': scope('here') }, from: 'a', reads: 'here' },
  { name: 'project.json', files: { 'a/project.json': scope('here') }, from: 'a', reads: 'here' },
  {
    name: 'a Scope of a project in the workspace',
    files: { 'a/aml_config/project.json': scope('here', '/projects/p') },
    from: 'a',
    reads: 'here',
  },
  { name: '.azureml', files: { 'a/.azureml/config.json': keys('here') }, from: 'a', reads: 'here' },
  { name: 'aml_config', files: { 'a/aml_config/config.json': keys('here') }, from: 'a', reads: 'here' },
  {
    name: '.azureml of a parent before the file here',
    files: { '.azureml/config.json': keys('far'), 'a/b/c/config.json': keys('here') },
    from: 'a/b/c',
    reads: 'far',
  },
  {
    name: '.azureml of a parent before aml_config here',
    files: { '.azureml/config.json': keys('far'), 'a/aml_config/config.json': keys('here') },
    from: 'a',
    reads: 'far',
  },
  {
    name: 'aml_config of a parent before the file here',
    files: { 'aml_config/config.json': keys('far'), 'a/config.json': keys('here') },
    from: 'a',
    reads: 'far',
  },
  {
    name: '.azureml/project.json of a parent before aml_config/config.json here',
    files: { '.azureml/project.json': keys('far'), 'a/aml_config/config.json': keys('here') },
    from: 'a',
    reads: 'far',
  },
  {
    name: 'config.json of a parent before project.json here',
    files: { 'config.json': keys('far'), 'a/project.json': keys('here') },
    from: 'a',
    reads: 'far',
  },
  {
    name: 'the nearest of the same name',
    files: { '.azureml/config.json': keys('far'), 'a/.azureml/config.json': keys('near'), 'a/b/': '' },
    from: 'a/b',
    reads: 'near',
  },
  {
    name: 'a file name of its own',
    files: { 'a/config.json': keys('here'), 'team.json': keys('team') },
    from: 'a',
    fileName: 'team.json',
    reads: 'team',
  },
  {
    name: 'a path that is a file',
    files: { 'a/.azureml/config.json': keys('here'), 'b/mine.json': keys('mine') },
    from: 'a',
    path: '../b/mine.json',
    reads: 'mine',
  },
  {
    name: 'a path that is a folder',
    files: { 'a/config.json': keys('here'), 'b/config.json': keys('other') },
    from: 'a',
    path: '../b',
    reads: 'other',
  },
  {
    name: 'a path that is not there, from its parent on',
    files: { 'a/config.json': keys('here') },
    from: 'a',
    path: 'typo.json',
    reads: 'here',
  },
  {
    name: 'a linked folder, whose own parents count',
    files: {
      'real/inner/': '',
      'real/config.json': keys('real'),
      'a/link': '-> ../real/inner',
      'a/config.json': keys('here'),
    },
    from: 'a',
    path: 'link',
    reads: 'real',
  },
  {
    name: 'a linked file',
    files: { 'b/real.json': keys('real'), 'a/config.json': '-> ../b/real.json' },
    from: 'a',
    reads: 'real',
  },
  {
    name: 'a folder called config.json is none',
    files: { 'a/config.json/': '', 'config.json': keys('far') },
    from: 'a',
    reads: 'far',
  },
  {
    name: 'a link that leads nowhere is none',
    files: { 'a/config.json': '-> nowhere.json', 'config.json': keys('far') },
    from: 'a',
    reads: 'far',
  },
  {
    name: 'an empty Scope beside three keys',
    files: { 'a/config.json': JSON.stringify({ Scope: '', ...(JSON.parse(keys('here')) as object) }) },
    from: 'a',
    reads: 'here',
  },
  {
    name: 'a Scope before three keys',
    files: {
      'a/config.json': JSON.stringify({ ...(JSON.parse(keys('here')) as object), Scope: scopeOf('scoped') }),
    },
    from: 'a',
    reads: 'scoped',
  },
  {
    name: 'three keys before a scope in small letters',
    files: {
      'a/config.json': JSON.stringify({ ...(JSON.parse(keys('here')) as object), scope: scopeOf('scoped') }),
    },
    from: 'a',
    reads: 'here',
  },
  {
    name: 'keys that nobody knows, a cloud and an authority among them',
    files: {
      'a/config.json': JSON.stringify({
        ...(JSON.parse(keys('here')) as object),
        authority: 'https://evil.example',
        cloud: 'AzureChinaCloud',
        tenant_id: 'x',
      }),
    },
    from: 'a',
    reads: 'here',
  },
  {
    name: 'the last of two equal keys',
    files: { 'a/config.json': keys('first').replace('}', ',"workspace_name":"last"}') },
    from: 'a',
    reads: 'last',
  },
  {
    name: 'twenty folders up',
    files: { 'config.json': keys('far'), [`${DEEP}/`]: '' },
    from: DEEP,
    reads: 'far',
  },
  {
    name: 'twenty-one folders up',
    files: { 'config.json': keys('far'), [`${DEEP}/more/`]: '' },
    from: `${DEEP}/more`,
    reads: undefined,
    core: 'far',
  },
  {
    name: 'twenty-one folders up, in .azureml',
    files: { '.azureml/config.json': keys('far'), [`${DEEP}/more/config.json`]: keys('here') },
    from: `${DEEP}/more`,
    reads: 'here',
    core: 'far',
  },
  { name: 'nothing', files: { 'a/': '' }, from: 'a', reads: undefined },
  {
    name: 'a file with a key too few does not give way to the next one',
    files: { 'a/config.json': '{"subscription_id":"x","resource_group":"rg"}', 'config.json': keys('far') },
    from: 'a',
    reads: undefined,
  },
  {
    name: 'an empty file',
    files: { 'a/config.json': '', 'config.json': keys('far') },
    from: 'a',
    reads: undefined,
  },
  { name: 'no JSON', files: { 'a/config.json': '{workspace_name: x}' }, from: 'a', reads: undefined },
  { name: 'a list', files: { 'a/config.json': `[${keys('here')}]` }, from: 'a', reads: undefined },
  {
    name: 'a Scope that is cut off',
    files: { 'a/config.json': '{"Scope":"/subscriptions/x"}' },
    from: 'a',
    reads: undefined,
  },
  {
    name: 'a Scope that is a number',
    files: { 'a/config.json': '{"Scope":7}' },
    from: 'a',
    reads: undefined,
  },
];
