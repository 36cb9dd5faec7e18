import { AmlAuthError, publicCloud, quietLogger, type Credential } from '@aml-auth/core';
import { fromClientSecret } from '../client-secret/from-client-secret.js';
import type { CredentialOptions } from '../credential-options.js';
import { builtins } from '../lib/builtins.js';
import { lazyCredential } from '../lib/lazy-credential.js';
import { requireVariables, variableFindings, type Environment } from '../lib/settings.js';
import { parseSdkAuth } from './parse-sdk-auth.js';

/** Options of {@link fromSdkAuthFile}. */
export interface SdkAuthFileOptions extends CredentialOptions {
  /** Path of the file. Default: `AZURE_AUTH_LOCATION`. */
  readonly path?: string | undefined;
  /** Tenants, beside its own, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /** Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const MAX_BYTES = 64 * 1024;
/** Read or write by group or others. */
const OTHERS = 0o066;

/**
 * Signs in as the service principal of a file that `az ad sp create-for-rbac --json-auth` (formerly `--sdk-auth`)
 * wrote. The file is read when a token is first asked for. The hosts in it must be those of the configured
 * cloud, so that no file can send the secret elsewhere.
 *
 * Where neither `path` nor `AZURE_AUTH_LOCATION` is set, `getToken` rejects with `AML_NOT_CONFIGURED`, and where
 * there is no such file with `AML_UNAVAILABLE`: a chain goes on.
 *
 * Source: [az ad sp create-for-rbac](https://learn.microsoft.com/cli/azure/ad/sp#az-ad-sp-create-for-rbac).
 */
export function fromSdkAuthFile(options: SdkAuthFileOptions = {}): Credential {
  const { path, env = process.env, ...rest } = options;
  const make = (): Credential => {
    const { AZURE_AUTH_LOCATION: file } = requireVariables(
      { AZURE_AUTH_LOCATION: path ?? env['AZURE_AUTH_LOCATION'] },
      ['AZURE_AUTH_LOCATION'],
      'Set it to the path of the file that "az ad sp create-for-rbac --json-auth" wrote.',
    );
    const text = readSecretFile(file, options);
    const { tenantId, clientId, clientSecret } = parseSdkAuth(text, file, options.cloud ?? publicCloud);
    const inner = fromClientSecret({ ...rest, tenantId, clientId, clientSecret });
    return { ...inner, describe: () => ({ ...inner.describe(), method: 'sdkAuthFile' }) };
  };
  return lazyCredential('sdkAuthFile', make, () => {
    const file = path ?? env['AZURE_AUTH_LOCATION'];
    return [
      ...variableFindings(env, ['AZURE_AUTH_LOCATION']),
      ...(file ? [{ what: `file ${file}`, found: builtins.fs.existsSync(file) }] : []),
    ];
  });
}

function readSecretFile(file: string, { logger }: SdkAuthFileOptions): string {
  try {
    const stats = builtins.fs.statSync(file);
    if (!stats.isFile()) throw unreadable(file, 'is not a file', undefined);
    if (stats.size > MAX_BYTES) throw unreadable(file, 'is too large', undefined);
    if (process.platform !== 'win32' && (stats.mode & OTHERS) !== 0) {
      quietLogger(logger).warn({ event: 'secret.file.readable', file, remedy: `Run "chmod 600 ${file}".` });
    }
    return builtins.fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof AmlAuthError) throw error;
    throw unreadable(file, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
  }
}

function unreadable(file: string, problem: string, cause: unknown): AmlAuthError {
  const isMissing = (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return new AmlAuthError({
    code: isMissing ? 'AML_UNAVAILABLE' : 'AML_CONFIG_INVALID',
    message: `The file ${file} ${problem}.`,
    remedy: 'Check the path and its permissions.',
    cause,
  });
}
