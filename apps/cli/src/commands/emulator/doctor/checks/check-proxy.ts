import { setUp, type Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

const NAMES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;
const AZURE_HOSTS = [
  'login.microsoftonline.com',
  'management.azure.com',
  'graph.microsoft.com',
  '169.254.169.254',
];

/** Whether requests of this shell go to the emulator, through it or straight. */
export function checkProxy(facts: Facts): readonly Finding[] {
  if (facts.target === undefined) return [];
  return facts.target.proxy ? checkOwnProxy(facts) : checkOtherProxy(facts);
}

function checkOwnProxy({ env, target }: Facts): readonly Finding[] {
  const report = reportOn('proxy');
  const wrong = NAMES.filter((name) => portOf(env[name]) !== target?.port);
  if (wrong.length > 0) {
    const values = wrong.map((name) => `${name} is ${env[name] === undefined ? 'not set' : 'another proxy'}`);
    return [report.failed(`Requests do not go through the emulator: ${values.join(', ')}.`, setUp('node'))];
  }
  const past = exceptions(env);
  const passed = AZURE_HOSTS.filter((host) => past.some((entry) => isException(host, entry)));
  if (passed.length > 0) {
    return [
      report.failed(`NO_PROXY has requests to ${passed.join(', ')} go past the emulator.`, setUp('node')),
    ];
  }
  return [
    report.ok(`Requests go through ${env['HTTPS_PROXY'] ?? ''}.`),
    env['NODE_USE_ENV_PROXY'] === '1'
      ? reportOn('NODE_USE_ENV_PROXY').ok('fetch of Node.js uses the proxy.')
      : reportOn('NODE_USE_ENV_PROXY').failed('Not 1: fetch of Node.js goes past the proxy.', setUp('node')),
  ];
}

/** Another proxy cannot reach this machine's loopback interface. */
function checkOtherProxy({ env }: Facts): readonly Finding[] {
  const report = reportOn('proxy');
  const used = NAMES.find((name) => env[name] !== undefined && env[name] !== '');
  if (used === undefined) return [report.ok('None is set: requests go to the emulator straight.')];
  const isPast = exceptions(env).some((entry) => isException('localhost', entry));
  return [
    isPast
      ? report.ok(`${used} is set, and NO_PROXY has localhost.`)
      : report.failed(
          `${used} is set, so that requests to localhost go to that proxy.`,
          'Add localhost,127.0.0.1 to NO_PROXY and no_proxy.',
        ),
  ];
}

function exceptions(env: Facts['env']): readonly string[] {
  return [env['NO_PROXY'], env['no_proxy']]
    .flatMap((list) => (list ?? '').split(','))
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}

/** As curl, Python and Node.js read entries: a name, and those below it; or everything. */
function isException(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\./, '').replace(/:\d+$/, '');
  return entry === '*' || host === name || host.endsWith(`.${name}`);
}

function portOf(url: string | undefined): string | undefined {
  const parsed = URL.parse(url ?? '');
  return parsed !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.hostname)
    ? parsed.port
    : undefined;
}
