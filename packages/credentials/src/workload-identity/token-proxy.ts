import { AmlAuthError } from '@aml-auth/core';
import { builtins } from '../lib/builtins.js';
import { httpsFetch } from '../lib/http/https-fetch.js';
import type { Environment } from '../lib/settings.js';

/** The token proxy of an AKS cluster, as the cluster names it in variables. */
export interface TokenProxy {
  readonly url: URL;
  /** The name in its certificate, where it is not the one in the URL. */
  readonly serverName: string | undefined;
  /** The certificate authorities to trust: a file that is replaced at times, a text, or those of the machine. */
  readonly ca: { readonly file: string } | { readonly text: string } | undefined;
}

const URL_VARIABLE = 'AZURE_KUBERNETES_TOKEN_PROXY';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----';

/**
 * Reads the variables that AKS sets for identity bindings; undefined where it set none.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where they contradict each other, or the URL is not a plain https one
 */
export function readTokenProxy(env: Environment): TokenProxy | undefined {
  const value = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const address = value(URL_VARIABLE);
  const serverName = value('AZURE_KUBERNETES_SNI_NAME');
  const file = value('AZURE_KUBERNETES_CA_FILE');
  const text = value('AZURE_KUBERNETES_CA_DATA');
  if (address === undefined) {
    if (serverName === undefined && file === undefined && text === undefined) return undefined;
    throw invalid(`${URL_VARIABLE} is not set, although other AZURE_KUBERNETES variables are`);
  }
  if (file !== undefined && text !== undefined) {
    throw invalid('AZURE_KUBERNETES_CA_FILE and AZURE_KUBERNETES_CA_DATA are both set');
  }
  if (text !== undefined && !isCertificate(text))
    throw invalid('AZURE_KUBERNETES_CA_DATA holds no certificate');
  const ca = file !== undefined ? { file } : text !== undefined ? { text } : undefined;
  return { url: plainUrl(address), serverName, ca };
}

/**
 * A `fetch` that sends requests to the proxy instead of the authority: same path below the proxy's, same body.
 * The file of certificate authorities is read for each request; an empty one, in the middle of its
 * replacement, leaves the last ones in use.
 */
export function proxyFetch({ url: proxy, serverName, ca }: TokenProxy): typeof fetch {
  let last: string | undefined;

  async function trusted(): Promise<string | undefined> {
    if (ca === undefined || 'text' in ca) return ca?.text;
    const text = await readCaFile(ca.file);
    if (text === '' && last !== undefined) return last;
    if (!isCertificate(text))
      throw invalid(`The file ${ca.file} of AZURE_KUBERNETES_CA_FILE holds no certificate`);
    last = text;
    return text;
  }

  return async (input, init = {}) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const target = new URL(proxy);
    target.pathname = `${proxy.pathname.replace(/\/$/, '')}${asked.pathname}`;
    target.search = asked.search;
    const authorities = await trusted();
    return httpsFetch(target, init, {
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(authorities === undefined ? {} : { ca: authorities }),
    });
  };
}

async function readCaFile(file: string): Promise<string> {
  try {
    return await builtins.fsPromises.readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw invalid(`The file ${file} of AZURE_KUBERNETES_CA_FILE cannot be read (${code})`, cause);
  }
}

function plainUrl(address: string): URL {
  const url = URL.parse(address);
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url?.protocol === 'https:' && isPlain) return url;
  throw invalid(`${URL_VARIABLE} is not an https URL without user, query and fragment`);
}

function isCertificate(text: string): boolean {
  try {
    return text.includes(CERTIFICATE) && new builtins.crypto.X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

function invalid(problem: string, cause?: unknown): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${problem}.`,
    remedy: 'AKS sets these variables for pods with an identity binding: check the annotations of the pod.',
    cause,
  });
}
