import type { Facts, HostFact } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Beyond this, times in tokens are misread: tokens seem to be too old or not yet valid. */
const SKEW_MS = 60_000;

/** The Node.js that runs this. */
export function checkNode({ nodeVersion }: Facts): readonly Finding[] {
  const report = reportOn('node');
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  return [
    major > 22 || (major === 22 && minor >= 12)
      ? report.ok(nodeVersion)
      : report.failed(`${nodeVersion} is older than 22.12.`, 'Install Node.js 22.12 or later.'),
  ];
}

/** The clock, by what hosts say. */
export function checkClock({ hosts, dataPlane }: Facts): readonly Finding[] {
  const report = reportOn('clock');
  const asked = dataPlane !== undefined && 'value' in dataPlane ? [...hosts, dataPlane.value] : hosts;
  const skews = asked.flatMap(({ skewMs }) => (skewMs === undefined ? [] : [skewMs]));
  const [first] = [...skews].sort((a, b) => Math.abs(a) - Math.abs(b));
  if (first === undefined) return [report.skipped('No host said what time it is.')];
  const seconds = Math.round(Math.abs(first) / 1000);
  if (Math.abs(first) <= SKEW_MS) return [report.ok(`within ${seconds} s of the cloud's`)];
  const direction = first > 0 ? 'behind' : 'ahead of';
  return [
    report.warning(
      `${seconds} s ${direction} the cloud's`,
      'Set the clock of this machine, for example by switching time synchronisation on.',
    ),
  ];
}

/** Names, TLS and proxies on the way to each host. */
export function checkHosts({ hosts, env }: Facts): readonly Finding[] {
  return hosts.map((host) => judgeHost(host, env));
}

/** The data plane of the workspace's region, which the workspace names. */
export function checkDataPlane({ dataPlane, env }: Facts): readonly Finding[] {
  const report = reportOn('host-machine-learning');
  if (dataPlane === undefined) return [report.skipped('no workspace is set')];
  if ('value' in dataPlane) return [judgeHost(dataPlane.value, env)];
  const { code, message, remedy } = dataPlane.error;
  // That the workspace cannot be read is no fault of the host; that it leads elsewhere is.
  if (code === 'AML_UNTRUSTED_HOST') return [report.failed(`${code}: ${message}`, remedy)];
  return [report.warning(`${code}: ${message}`, remedy ?? 'Look at the workspace: aml-auth workspace show')];
}

function judgeHost({ name, origin, problem }: HostFact, env: Facts['env']): Finding {
  const report = reportOn(`host-${name}`);
  if (problem === undefined) return report.ok(`${origin} answers`);
  const proxies = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => env[name]);
  const proxy = proxies.length === 0 ? '' : ` (${proxies.join(', ')} is set)`;
  return report.failed(`${origin}: ${problem}${proxy}`, fixFor(problem));
}

function fixFor(problem: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(problem)) return 'Check the name server and the network.';
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(problem)) {
    return 'Set NODE_EXTRA_CA_CERTS to the certificate of the proxy that opens TLS here.';
  }
  if (problem.startsWith('HTTP ')) {
    return 'Check whether a private link or a firewall is between this machine and the workspace, and the state of Azure.';
  }
  return 'Check the network, the firewall and the proxy; NODE_USE_ENV_PROXY=1 makes Node.js use HTTPS_PROXY.';
}

/** Variables that say half of something, or two things. */
export function checkVariables({ env, variables }: Facts): readonly Finding[] {
  const report = reportOn('variables');
  const isSet = (name: string): boolean => Boolean(env[name]);
  const problems: string[] = [];
  const proofs = [
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PATH',
    'AZURE_FEDERATED_TOKEN_FILE',
  ].filter(isSet);
  const ids = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter(isSet);
  if (proofs.length > 0 && ids.length < 2) problems.push(`${proofs.join(', ')} without tenant and client id`);
  if (proofs.length > 1) problems.push(`${proofs.join(' and ')} at once`);
  for (const [first, second] of [
    ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'],
    ['MSI_ENDPOINT', 'MSI_SECRET'],
  ] as const) {
    if (isSet(first) !== isSet(second)) problems.push(`${isSet(first) ? first : second} alone`);
  }
  for (const [name, other] of [
    ['AZURE_PASSWORD', 'AZURE_USERNAME'],
    ['AZURE_USERNAME', 'AZURE_PASSWORD'],
    ['AZURE_CLIENT_CERTIFICATE_PASSWORD', 'AZURE_CLIENT_CERTIFICATE_PATH'],
  ] as const) {
    if (isSet(name) && !isSet(other)) problems.push(`${name} without ${other}`);
  }
  problems.push(...variables.unreadable.map((name) => `${name} names a file that cannot be read`));
  problems.push(...variables.dead.map((name) => `${name} is left over: nothing listens there`));
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED=0: nothing is verified');
  if (problems.length > 0) {
    return [report.warning(problems.join('; '), 'Unset what is left over, or set what is missing.')];
  }
  return [report.ok([...ids, ...proofs].join(', ') || 'none that name an identity')];
}

/** Programs that are started, and who could put another in their place. */
export function checkPrograms({ programs }: Facts): readonly Finding[] {
  return programs.map(({ name, path, unsafe }) => {
    const report = reportOn(`program-${name}`);
    if (path === undefined) return report.skipped('not installed');
    if (unsafe.length === 0) return report.ok(path);
    return report.warning(
      `${path}; others could put one before it in ${unsafe.join(', ')}`,
      'Take these folders out of PATH, or close them to others.',
    );
  });
}
