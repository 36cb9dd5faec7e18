import { AmlAuthError, isAmlAuthError } from '@aml-auth/core';
import { parseAccessCollection, type Catalogue } from '@aml-auth/rbac';

/** A catalogue of roles and operations as `aml-auth role sync` keeps it. */
export interface CatalogueFile extends Catalogue {
  readonly format: 'aml-auth/catalogue';
  readonly version: 1;
  /** ISO 8601. */
  readonly syncedAt: string;
  /** Its roles can be assigned here. */
  readonly scope: string;
}

/**
 * A catalogue that was kept.
 *
 * @param name - of the file, for errors
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for anything else, a collection of access among it
 */
export function parseCatalogueFile(text: string, name: string): CatalogueFile {
  const file = readObject(text, name);
  const { format, version, syncedAt, scope } = file;
  if (format !== 'aml-auth/catalogue' || version !== 1) throw invalid(name, 'its format is another');
  if (typeof syncedAt !== 'string' || typeof scope !== 'string') {
    throw invalid(name, 'syncedAt or scope is missing');
  }
  return { format, version, syncedAt, scope, ...parseParts(file, name) };
}

/**
 * The roles and operations of a catalogue, or of a collection of access, whose parts have the same form.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseCatalogueParts(text: string, name: string): Catalogue {
  const file = readObject(text, name);
  return file['format'] === 'aml-auth/access' ? parseParts(file, name) : parseCatalogueFile(text, name);
}

/** Both kinds of file hold roles and operations in one form: what checks the one checks the other. */
function parseParts(
  { roleDefinitions, operations }: Readonly<Record<string, unknown>>,
  name: string,
): Catalogue {
  const collection = {
    format: 'aml-auth/access',
    version: 1,
    collectedAt: '',
    scopes: [],
    roleDefinitions,
    roleAssignments: [],
    operations,
    unreadable: [],
    isRedacted: false,
  };
  try {
    const parsed = parseAccessCollection(JSON.stringify(collection));
    return { roleDefinitions: parsed.roleDefinitions, operations: parsed.operations };
  } catch (error) {
    throw invalid(name, isAmlAuthError(error) ? error.message : 'its parts are of another form', error);
  }
}

function readObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(name, 'it is not JSON', cause);
  }
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw invalid(name, 'it is no object');
}

function invalid(name: string, reason: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${name} is no catalogue of roles: ${reason.replace(/\.$/, '')}.`,
    remedy: 'Give a file that "aml-auth role sync" has written.',
    cause,
  });
}
