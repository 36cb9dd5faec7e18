import { setUp, type Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Whether Azure CLI, Java and Python, where they are installed, are set up for the emulator. */
export function checkTools(facts: Facts): readonly Finding[] {
  return [checkAz(facts), checkJava(facts), checkPython(facts)];
}

function checkAz({ az, env, target }: Facts): Finding {
  const report = reportOn('az');
  if (az === undefined) return report.skipped('Not installed.');
  if ('problem' in az) return report.failed(`It does not run: ${az.problem}`, setUp('az'));
  const { version } = az;
  if (target === undefined) return report.ok(version);
  if (!target.proxy && isOld(version)) {
    return report.failed(
      `${version} checks names with Azure and cannot be told not to.`,
      'Start the emulator with "aml-auth emulator up --proxy", or run az with "aml-auth emulator run -- az".',
    );
  }
  if (env['AZURE_CONFIG_DIR'] === undefined) {
    return report.warning(`${version} uses your own profile in ~/.azure.`, setUp('az'));
  }
  return report.ok(`${version}, with the profile in ${env['AZURE_CONFIG_DIR']}.`);
}

/** Instance discovery can be switched off in 2.74, and not in 2.45. */
function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 2 || (major === 2 && minor <= 45);
}

function checkJava({ env, java, javaTruststoreExists, target }: Facts): Finding {
  const report = reportOn('java');
  if (java === undefined) return report.skipped('Not installed.');
  if ('problem' in java) return report.failed(`It does not run: ${java.problem}`, setUp('java'));
  const { version } = java;
  if (target === undefined) return report.ok(version);
  const options = env['JAVA_TOOL_OPTIONS'] ?? '';
  if (!options.includes('-Djavax.net.ssl.trustStore=')) {
    return report.warning(
      `${version} does not trust the emulator: JAVA_TOOL_OPTIONS names no trust store.`,
      setUp('java'),
    );
  }
  if (!javaTruststoreExists) {
    return report.failed('The trust store that JAVA_TOOL_OPTIONS names is not there.', setUp('java'));
  }
  if (target.proxy && !options.includes(`-Dhttps.proxyPort=${target.port}`)) {
    return report.failed('JAVA_TOOL_OPTIONS does not name the emulator as proxy.', setUp('java'));
  }
  return report.ok(`${version}, set up by JAVA_TOOL_OPTIONS.`);
}

function checkPython({ python, target, trust }: Facts): Finding {
  const report = reportOn('python');
  if (python === undefined) return report.skipped('Not installed.');
  if ('problem' in python) return report.failed(`It does not run: ${python.problem}`, setUp('python'));
  const { version } = python;
  if (target === undefined) return report.ok(version);
  const isReady =
    trust.SSL_CERT_FILE?.hasAuthority === true && trust.REQUESTS_CA_BUNDLE?.hasAuthority === true;
  return isReady
    ? report.ok(`${version} trusts the emulator, in requests and elsewhere.`)
    : report.warning(
        `${version} does not trust the emulator everywhere: see SSL_CERT_FILE and REQUESTS_CA_BUNDLE.`,
        setUp('python'),
      );
}
