import type { Facts } from '../facts.js';
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
export function checkClock({ hosts }: Facts): readonly Finding[] {
  const report = reportOn('clock');
  const skews = hosts.flatMap(({ skewMs }) => (skewMs === undefined ? [] : [skewMs]));
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
  const proxies = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => env[name]);
  const proxy = proxies.length === 0 ? '' : ` (${proxies.join(', ')} is set)`;
  return hosts.map(({ name, origin, problem }) => {
    const report = reportOn(`host-${name}`);
    return problem === undefined
      ? report.ok(`${origin} answers`)
      : report.failed(`${origin}: ${problem}${proxy}`, fixFor(problem));
  });
}

function fixFor(problem: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(problem)) return 'Check the name server and the network.';
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(problem)) {
    return 'Set NODE_EXTRA_CA_CERTS to the certificate of the proxy that opens TLS here.';
  }
  return 'Check the network, the firewall and the proxy; NODE_USE_ENV_PROXY=1 makes Node.js use HTTPS_PROXY.';
}

/** Variables that say half of something, or two things. */
export function checkVariables({ env }: Facts): readonly Finding[] {
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
