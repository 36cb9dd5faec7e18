import type { Credential } from '@aml-auth/core';
import { applicationCredential, type ApplicationOptions } from '../lib/application-credential.js';
import { readTokenFile } from './read-token-file.js';

/** An application, and the file with the token that it trusts. */
export interface TokenFileOptions extends ApplicationOptions {
  readonly tokenFilePath: string;
}

/** Signs in with a signed token from a file, which is read whenever a token must be fetched. */
export function fromTokenFile(options: TokenFileOptions): Credential {
  const { tokenFilePath } = options;
  return applicationCredential(options, {
    method: 'workloadIdentity',
    source: tokenFilePath,
    prove: async () => ({ clientAssertion: await readTokenFile(tokenFilePath) }),
  });
}
