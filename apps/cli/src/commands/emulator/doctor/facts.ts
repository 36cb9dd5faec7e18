/** The emulator that the checks are about. */
export interface Target {
  /** `https://localhost:PORT`. */
  readonly origin: string;
  readonly port: string;
  readonly proxy: boolean;
  /** The file with its certificate authority; undefined where the shell does not say. */
  readonly ca: string | undefined;
}

/** How an attempt to reach something ended. */
export type Outcome =
  { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'failed'; readonly code: string };

/** The emulator as it was reached with its own authority, whatever the shell trusts. */
export interface Reach {
  readonly outcome: Outcome;
  /** When its certificate is valid, in milliseconds since the epoch. */
  readonly validFrom?: number;
  readonly validTo?: number;
}

/** A file of certificates that a variable names. */
export interface TrustFile {
  readonly path: string;
  readonly exists: boolean;
  /** Whether the authority of the emulator is in it. */
  readonly hasAuthority: boolean;
}

/** A program that is installed: its version, or why it does not run with the variables of the shell. */
export type Program = { readonly version: string } | { readonly problem: string };

/** Everything that the checks decide by. */
export interface Facts {
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly nodeVersion: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Undefined where no emulator is known. */
  readonly target: Target | undefined;
  readonly reach: Reach | undefined;
  /** By the variable that names the file. */
  readonly trust: Readonly<Partial<Record<TrustVariable, TrustFile | undefined>>>;
  /** How `fetch` of this process fared at the authority; undefined where it would have left this machine. */
  readonly fetch: Outcome | undefined;
  /** Undefined where a program is not installed. */
  readonly az: Program | undefined;
  readonly java: Program | undefined;
  readonly python: Program | undefined;
  /** Whether the file that `JAVA_TOOL_OPTIONS` names as trust store is there. */
  readonly javaTruststoreExists: boolean;
}

/** Variables that name files of certificates. */
export type TrustVariable = 'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE' | 'REQUESTS_CA_BUNDLE' | 'CURL_CA_BUNDLE';

/** Every {@link TrustVariable}. */
export const TRUST_VARIABLES: readonly TrustVariable[] = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
];

/** The command that sets a shell up. */
export function setUp(client: string): string {
  return `Run: eval "$(aml-auth emulator env --client ${client})"`;
}

/** Whether fetch of a Node.js version takes the proxy from the environment. */
export function hasEnvProxy(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major === 22 ? minor >= 21 : major === 24 ? minor >= 5 : major > 24;
}
