import type { LinkRecord } from '@aml-auth/core';
import type { Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Who is signed in, and what the token says. */
export function checkToken({ token, now }: Facts): readonly Finding[] {
  const report = reportOn('token');
  if (token === undefined) return [report.skipped('not tried')];
  if ('error' in token) {
    const { code, message, remedy } = token.error;
    return [report.failed(`${code}: ${message}`, remedy)];
  }
  const { method, cloud, account, identity, expiresOn } = token.value;
  const minutes = Math.floor((expiresOn - now) / 60_000);
  const said = Object.entries({ method, account, cloud, ...identity }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return [report.ok(`${said.join(', ')}; ${minutes} minutes left`)];
}

/** Which method of the default chain would win, and why the others would not. */
export function checkChain({ chain }: Facts): readonly Finding[] {
  const report = reportOn('chain');
  if (chain === undefined) return [report.skipped('not tried')];
  const links = chain.links ?? [chain];
  const told = links.map(storyOf).join('; ');
  const refused = links.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined)
    return [report.warning(told, refused.error?.remedy ?? 'Repair or remove what is refused.')];
  return [links.some(({ outcome }) => outcome === 'token') ? report.ok(told) : report.skipped(told)];
}

/** Whether a metadata service answers: the machine may then have an identity. */
export function checkMetadata({ metadata }: Facts): readonly Finding[] {
  const report = reportOn('metadata-service');
  const { answers, evidence } = metadata;
  return [answers ? report.ok(evidence) : report.skipped(evidence)];
}

function storyOf({ method, outcome, error }: LinkRecord): string {
  return error === undefined
    ? `${method}: ${outcome}`
    : `${method}: ${outcome} (${error.code}: ${error.message})`;
}

/** The roles at the workspace. */
export function checkAccess({ access }: Facts): readonly Finding[] {
  const report = reportOn('workspace-roles');
  if (access === undefined) return [report.skipped('no workspace is set')];
  if ('error' in access) {
    const { code, message, remedy } = access.error;
    return [report.warning(`${code}: ${message}`, remedy ?? 'Ask somebody who may read role assignments.')];
  }
  const { workspace, roles, canRead } = access.value;
  const evidence = `${workspace}: ${roles.length === 0 ? 'no role' : roles.join(', ')}`;
  return [
    canRead
      ? report.ok(evidence)
      : report.failed(evidence, 'Ask an owner for a role; "aml-auth least-privilege" finds the smallest.'),
  ];
}
