import type { Explanation, LinkOutcome, LinkRecord } from './decision-record.js';

const WORDS: Readonly<Record<LinkOutcome, string>> = {
  token: 'gave a token',
  skipped: 'does not apply here',
  refused: 'was refused',
  failed: 'failed',
  notTried: 'was not tried',
};

/** The record as text for people: one line a fact, links indented below what they belong to. Ends without a line end. */
export function formatExplanation({ scopes, at, record }: Explanation): string {
  return [`Token for ${scopes.join(' ')}, asked at ${at}`, ...linkLines(record, '')].join('\n');
}

function linkLines(record: LinkRecord, indent: string): string[] {
  const { method, outcome, ms, seen, error, identity, expiresOn, links = [] } = record;
  const took = outcome === 'notTried' ? '' : ` (${String(ms)} ms)`;
  const facts = [
    ...seen.map(
      ({ what, found, note }) =>
        `${what}: ${found ? 'there' : 'absent'}${note === undefined ? '' : `, ${note}`}`,
    ),
    ...(identity === undefined
      ? []
      : [
          `identity: ${Object.entries(identity)
            .map(([name, value]) => `${name} ${String(value)}`)
            .join(', ')}`,
        ]),
    ...(expiresOn === undefined ? [] : [`expires: ${expiresOn}`]),
    ...(error === undefined || links.length > 0 ? [] : errorLines(error)),
  ];
  return [
    `${indent}${method} ${WORDS[outcome]}${took}`,
    ...facts.map((fact) => `${indent}  ${fact}`),
    ...links.flatMap((link) => linkLines(link, `${indent}  `)),
  ];
}

function errorLines({
  code,
  aadsts,
  message,
  remedy,
  policyIds,
}: NonNullable<LinkRecord['error']>): string[] {
  return [
    `why: ${code}${aadsts === undefined ? '' : ` AADSTS${String(aadsts)}`}: ${message}`,
    ...(policyIds === undefined ? [] : [`policies: ${policyIds.join(', ')}`]),
    ...(remedy === undefined ? [] : [`do: ${remedy}`]),
  ];
}
