import { createHash } from 'node:crypto';
import type { DependencyGraph } from './locked-graph.ts';

/** The part of a CycloneDX document that is read or changed here. */
export interface Sbom {
  serialNumber: string;
  metadata: { timestamp: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}
interface Component {
  readonly 'bom-ref': string;
}

/**
 * The same document for the same packages: lists in the order of their references, the time of the commit, and a serial
 * number by what the document says (a UUID of version 8, RFC 9562).
 *
 * @param time - ISO 8601
 */
export function settledSbom(sbom: Sbom, time: string): Sbom {
  const settled: Sbom = {
    ...sbom,
    metadata: { ...sbom.metadata, timestamp: new Date(time).toISOString() },
    components: sbom.components.toSorted((a, b) => order(a['bom-ref'], b['bom-ref'])),
    dependencies: sbom.dependencies
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.toSorted(order) }))
      .sort((a, b) => order(a.ref, b.ref)),
  };
  const digest = createHash('sha256')
    .update(JSON.stringify({ ...settled, serialNumber: '' }))
    .digest('hex');
  return { ...settled, serialNumber: `urn:uuid:${uuidOf(digest)}` };
}

/** Where a document says something else than the lockfile: packages missing or of no use, and who needs whom. */
export function sbomProblems(sbom: Sbom, graph: DependencyGraph): readonly string[] {
  const listed = new Set(
    [sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']),
  );
  const needs = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, new Set(dependsOn)]));
  return [
    ...[...graph.keys()].filter((url) => !listed.has(url)).map((url) => `${url} is missing`),
    ...[...listed].filter((url) => !graph.has(url)).map((url) => `${url} is no production dependency`),
    ...[...graph]
      .filter(([url, expected]) => listed.has(url) && !sameSet(needs.get(url), expected))
      .map(([url]) => `what ${url} depends on differs from the lockfile`),
  ];
}

function sameSet(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function uuidOf(digest: string): string {
  const variant = ((parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`];
  return [...parts, `${variant}${digest.slice(17, 20)}`, digest.slice(20, 32)].join('-');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
