import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

/** It compiles the schema once. */
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

/** One violation, as ajv reports it. */
interface Violation {
  readonly instancePath?: string;
  readonly message?: string;
}

/** Where a document breaks the published schema of CycloneDX 1.6, in its strict form: unknown properties count. */
export async function schemaProblems(text: string): Promise<readonly string[]> {
  const violations = (await validator.validate(text)) as readonly Violation[] | null;
  return (violations ?? []).map(({ instancePath = '', message = '' }) => `${instancePath} ${message}`.trim());
}
