import { setUp, TRUST_VARIABLES, type Facts, type TrustVariable } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Who reads a variable, and which set-up sets it. */
const READERS: Readonly<Record<TrustVariable, { readonly who: string; readonly client: string }>> = {
  NODE_EXTRA_CA_CERTS: { who: 'Node.js', client: 'node' },
  SSL_CERT_FILE: { who: 'Python, Go and .NET', client: 'python' },
  REQUESTS_CA_BUNDLE: { who: 'az and the Python package requests', client: 'az' },
  CURL_CA_BUNDLE: { who: 'curl', client: 'python' },
};

/** Whether the files that programs of this shell trust have the authority of the emulator in them. */
export function checkTrust({ target, trust }: Facts): readonly Finding[] {
  if (target === undefined) return [];
  return TRUST_VARIABLES.map((name) => {
    const report = reportOn(name);
    const { who, client } = READERS[name];
    const file = trust[name];
    // curl has a flag of its own, and its variable is often set for the system's own file.
    if (name === 'CURL_CA_BUNDLE' && file?.hasAuthority !== true) {
      return report.skipped('curl does not trust the emulator without --cacert "$NODE_EXTRA_CA_CERTS".');
    }
    if (file === undefined) {
      return name === 'NODE_EXTRA_CA_CERTS'
        ? report.failed(`Not set: ${who} does not trust the emulator.`, setUp(client))
        : report.warning(`Not set: ${who} do not trust the emulator.`, setUp(client));
    }
    if (!file.exists) {
      return report.failed(
        `${file.path} is not there: it went with the emulator that it belonged to.`,
        setUp(client),
      );
    }
    return file.hasAuthority
      ? report.ok(`${file.path} has the authority of the emulator.`)
      : report.failed(
          `${file.path} does not have the authority of this emulator; it may be that of an earlier one.`,
          setUp(client),
        );
  });
}
