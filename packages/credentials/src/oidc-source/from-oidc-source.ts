import type { Credential, Finding } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { builtins } from '../lib/builtins.js';
import { variableFindings, type Environment } from '../lib/settings.js';
import { parseOidcSource, type OidcSource } from './oidc-source.js';
import { readOidcSource } from './read-oidc-source.js';

/** Options of {@link fromOidcSource}. */
export interface OidcSourceOptions extends ApplicationOptions {
  /** Where the signed token of the identity provider comes from. */
  readonly source: OidcSource;
  /** Where a `variable` is looked for, and the environment of a `program`. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/**
 * Signs in as the application that trusts the identity provider of a token (workload identity federation),
 * wherever that token comes from: a URL, a file, an environment variable, or a program. The source is asked
 * whenever a token must be fetched, and never for a token in memory.
 *
 * Where the variable is not set, or the file or program is not there, `getToken` rejects with an error that
 * lets a chain go on.
 *
 * Source: [workload identity federation](https://learn.microsoft.com/entra/workload-id/workload-identity-federation).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 *
 * @example
 * ```ts
 * import { fromOidcSource } from '@aml-auth/credentials';
 *
 * const tenantId = '00000000-0000-0000-0000-000000000000';
 * const clientId = '00000000-0000-0000-0000-000000000000';
 * const credential = fromOidcSource({ tenantId, clientId, source: { variable: 'AZURE_ID_TOKEN' } });
 * ```
 */
export function fromOidcSource(options: OidcSourceOptions): Credential {
  const { env = process.env } = options;
  const source = parseOidcSource(options.source);
  return applicationCredential(options, {
    method: 'oidcSource',
    source: JSON.stringify(source),
    findings: () => findings(source, env),
    prove: async (tools) => ({ clientAssertion: await readOidcSource(source, env, tools) }),
  });
}

/** Names what is looked at; a URL is left out, which may have a secret in it. */
function findings(source: OidcSource, env: Environment): Finding[] {
  if ('variable' in source) return variableFindings(env, [source.variable]);
  if ('file' in source) return [{ what: `file ${source.file}`, found: builtins.fs.existsSync(source.file) }];
  return 'program' in source
    ? [{ what: `program ${source.program}`, found: builtins.fs.existsSync(source.program) }]
    : [];
}
