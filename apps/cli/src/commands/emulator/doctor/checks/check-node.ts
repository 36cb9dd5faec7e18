import { hasEnvProxy, type Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Whether this Node.js will do. */
export function checkNode({ nodeVersion, target }: Facts): readonly Finding[] {
  const report = reportOn('Node.js');
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) {
    return [report.failed(`${nodeVersion} is too old.`, 'Install Node.js 22.12 or later.')];
  }
  if (target?.proxy === true && !hasEnvProxy(nodeVersion)) {
    return [
      report.warning(
        `${nodeVersion}: fetch goes past the proxy, whatever the environment says.`,
        'Use Node.js 22.21, 24.5 or later.',
      ),
    ];
  }
  return [report.ok(nodeVersion)];
}
