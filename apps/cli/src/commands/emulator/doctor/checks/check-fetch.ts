import { setUp, type Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

const TRUST = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);

/** Whether a program in Node.js with the environment of this shell reaches the authority. */
export function checkFetch({ fetch, target }: Facts): readonly Finding[] {
  if (target === undefined) return [];
  const report = reportOn('fetch of Node.js');
  if (fetch === undefined) {
    return [report.skipped('It would have gone to Azure itself: see what has failed above.')];
  }
  if (fetch.kind === 'answered') {
    return fetch.status === 200
      ? [report.ok('It reads the document of the authority.')]
      : [
          report.failed(
            `The authority answers with status ${fetch.status}.`,
            `See the request at ${target.origin}/_emu/`,
          ),
        ];
  }
  if (TRUST.has(fetch.code)) {
    return [
      report.failed(`It does not trust the certificate of the emulator (${fetch.code}).`, setUp('node')),
    ];
  }
  return [report.failed(`It fails (${fetch.code}).`, setUp('node'))];
}
