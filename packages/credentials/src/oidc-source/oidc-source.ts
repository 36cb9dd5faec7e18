import { isAbsolute } from 'node:path';
import { AmlAuthError } from '@aml-auth/core';

/** Where the signed token (JWT) of the identity provider comes from. */
export type OidcSource = OidcUrl | OidcFile | OidcVariable | OidcProgram;

/** How the token is found in what the source gives. */
export interface OidcFormat {
  /** The field of a JSON object that holds the token. Default: the whole text is the token. */
  readonly field?: string | undefined;
}

/** A service that gives tokens over https, or over http on this machine. */
export interface OidcUrl extends OidcFormat {
  /** The address, with the audience in its query where the provider wants it there. */
  readonly url: string;
  /** Default `GET`. */
  readonly method?: 'GET' | 'POST' | undefined;
  /** For instance an `authorization` header. They go to the host of `url` only: redirects are not followed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A file that something else keeps up to date. */
export interface OidcFile extends OidcFormat {
  /** Path of the file; read anew for every token. */
  readonly file: string;
}

/** An environment variable, such as those that `id_tokens` of GitLab CI sets. */
export interface OidcVariable extends OidcFormat {
  /** Its name; read anew for every token. */
  readonly variable: string;
}

/** A program that prints the token. It is started without a shell. */
export interface OidcProgram extends OidcFormat {
  /** An absolute path. */
  readonly program: string;
  /** Its arguments, one an entry; no shell splits or expands them. Default: none. */
  readonly args?: readonly string[] | undefined;
}

const KINDS = ['url', 'file', 'variable', 'program'] as const;

/**
 * The source, checked; callers without types can give several, or none.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function parseOidcSource(value: unknown): OidcSource {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const [kind, more] = KINDS.filter((name) => given[name] !== undefined);
  const main = kind === undefined ? undefined : given[kind];
  if (more !== undefined || typeof main !== 'string' || main === '') {
    throw invalid(
      'source must have one of url, file, variable and program',
      'Give exactly one of them, as text.',
    );
  }
  if (kind === 'program' && !isAbsolute(main)) {
    throw invalid(
      'source.program is not an absolute path',
      'Give the whole path: the PATH can be changed by others.',
    );
  }
  return value as OidcSource;
}

function invalid(problem: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message: `${problem}.`, remedy });
}
