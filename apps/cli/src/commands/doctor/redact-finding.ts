import { redact } from '@aml-auth/core';
import type { Finding } from './finding.js';

const GUID = /\b([\da-f]{8})-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;
const USER_NAME = /[\w.+-]+@([\w-]+\.)+[\w-]+/g;

/** The finding as it may be shown to others: ids by their first characters, no user names, no home directory. */
export function redactFinding(finding: Finding, home: string | undefined): Finding {
  const shorten = (text: string): string => {
    const short = redact(text).replace(GUID, '$1-…').replace(USER_NAME, '[user]');
    return home === undefined || home.length < 2 ? short : short.replaceAll(home, '~');
  };
  return {
    ...finding,
    evidence: shorten(finding.evidence),
    ...(finding.fix === undefined ? {} : { fix: shorten(finding.fix) }),
  };
}
