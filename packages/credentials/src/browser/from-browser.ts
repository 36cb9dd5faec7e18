import {
  AmlAuthError,
  parseGuid,
  parseTenantId,
  systemClock,
  type Credential,
  type Finding,
} from '@aml-auth/core';
import type { CredentialOptions } from '../credential-options.js';
import { authorityHostOf } from '../lib/authority-host.js';
import { builtins } from '../lib/builtins.js';
import { createCredential } from '../lib/create-credential.js';
import { fingerprint } from '../lib/fingerprint.js';
import { variableFindings, type Environment } from '../lib/settings.js';
import { ANY_TENANT, AZURE_CLI } from '../lib/public-client.js';
import { userSession } from '../lib/user-session.js';
import type { UserSessionStore } from '../user-session/user-session-store.js';
import type { SignInWishes } from './authorize-url.js';
import { headlessReason } from './browser-commands.js';
import { openBrowser } from './open-browser.js';
import { parseRedirectTarget } from './redirect-target.js';
import type { ResultPages } from './result-page.js';

/** Options of {@link fromBrowser}. There is no `tokenStore`: the tokens belong to this object's session. */
export interface BrowserOptions extends Omit<CredentialOptions, 'tokenStore'>, SignInWishes {
  /** Tenant id or domain name. Default `organizations`: the account's own, or any that `getToken` names. */
  readonly tenantId?: string | undefined;
  /** A public client. Default: that of the Azure CLI, `04b07795-8ddb-461a-bbee-02f9e1bf7b46`. */
  readonly clientId?: string | undefined;
  /**
   * Where the browser brings the answer, as the client registered it: http, on this machine. Default
   * `http://localhost`, with any free port.
   */
  readonly redirectUri?: string | undefined;
  /**
   * Opens the address, or shows it to a person. It may return a promise that stays open; when it throws or
   * rejects, the sign-in ends with that error. Default: the browser of this machine, or the program whose
   * absolute path is in `BROWSER`.
   */
  readonly openBrowser?: ((url: string) => unknown) | undefined;
  /**
   * HTML documents that the browser shows at the end, with styles and images in themselves: scripts do not run,
   * and nothing else is loaded. Default: two plain pages in English.
   */
  readonly resultPages?: ResultPages | undefined;
  /** Tenants, beside `tenantId`, that `getToken` may ask for; `*` allows all. Default: none. */
  readonly additionallyAllowedTenants?: readonly string[] | undefined;
  /**
   * Whether the person is asked again once the session has ended or a policy wants it. Default `true`;
   * with `false`, `getToken` then rejects with `AML_INTERACTION_REQUIRED`.
   */
  readonly promptAgain?: boolean | undefined;
  /**
   * Where the sign-in is kept for other objects and processes, and found again. Default: nowhere, and the refresh
   * token stays in the memory of this object.
   */
  readonly session?: UserSessionStore | undefined;
  /** Longest time for one sign-in, in milliseconds. Default 180,000. */
  readonly timeLimitMs?: number | undefined;
  /** Where `BROWSER` and the signs of a machine without a screen are looked for. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const TIME_LIMIT_MS = 180_000;
const MAX_HINT = 320;

/**
 * Signs a person in who uses the browser of this machine: the authorization code grant with PKCE for native
 * applications ([RFC 8252](https://www.rfc-editor.org/rfc/rfc8252)). The person is asked once; later tokens,
 * also of other resources and tenants, come by the refresh token, which stays in the memory of this object.
 *
 * Waiting ends at `timeLimitMs`, or when every caller has cancelled. Where no browser can be seen (CI, SSH,
 * no display), `getToken` rejects with `AML_UNAVAILABLE`, and a chain goes on, for instance to
 * `fromDeviceCode`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 *
 * @example
 * ```ts
 * import { fromBrowser } from '@aml-auth/credentials';
 *
 * const credential = fromBrowser();
 * const { token } = await credential.getToken('https://ml.azure.com/.default');
 * ```
 */
export function fromBrowser(options: BrowserOptions = {}): Credential {
  const { clock = systemClock, promptAgain = true, timeLimitMs = TIME_LIMIT_MS, env = process.env } = options;
  const tenantId = parseTenantId(options.tenantId ?? 'organizations');
  const clientId = parseGuid(options.clientId ?? AZURE_CLI, 'clientId');
  const authorityHost = authorityHostOf(options.cloud);
  const target = parseRedirectTarget(options.redirectUri ?? 'http://localhost');
  const wishes = parseWishes(options);
  const pages = parsePages(options.resultPages);
  const open = options.openBrowser ?? ((url: string): Promise<never> => openBrowser(url, env));
  return createCredential({
    // The time limit is for the person; requests without one have the usual limit.
    options: { ...options, timeLimitMs: undefined, tokenStore: undefined },
    description: {
      method: 'browser',
      clientId,
      authorityHost,
      ...(ANY_TENANT.has(tenantId) ? {} : { tenantId }),
    },
    // Who signs in is not known yet: no two objects share a token.
    identity: {
      authorityHost,
      tenantId,
      clientId,
      fingerprint: fingerprint('browser', builtins.crypto.randomUUID()),
    },
    additionallyAllowedTenants: options.additionallyAllowedTenants ?? [],
    findings: () => findings(options.openBrowser !== undefined, env),
    acquire: userSession({
      authorityHost,
      clientId,
      promptAgain,
      kept: options.session,
      signIn: async (request, signal) => {
        // Loaded when a person is asked: it brings a server for HTTP along.
        const { signInByBrowser } = await import('./sign-in-by-browser.js');
        const subject = { authorityHost, clientId, tenantId: request.tenantId };
        const how = { subject, clock, fetch: options.fetch, target, wishes, pages, open, timeLimitMs };
        return signInByBrowser(how, request, signal);
      },
    }),
  });
}

function findings(ownWay: boolean, env: Environment): Finding[] {
  if (ownWay) return [{ what: 'openBrowser', found: true }];
  return [
    { what: 'a browser that can be seen', found: headlessReason(process.platform, env) === undefined },
    ...variableFindings(env, ['BROWSER', 'DISPLAY', 'WAYLAND_DISPLAY', 'SSH_CONNECTION', 'CI']),
  ];
}

/** Callers without types may give anything, and it would end up in the address. */
function parseWishes({ prompt, loginHint }: { prompt?: unknown; loginHint?: unknown }): SignInWishes {
  if (prompt !== undefined && prompt !== 'select_account' && prompt !== 'login' && prompt !== 'consent') {
    throw invalid(
      'prompt is none of select_account, login and consent.',
      'Leave prompt out, or give one of them.',
    );
  }
  if (loginHint === undefined) return { prompt };
  if (typeof loginHint === 'string' && /^[^\p{C}\s]+$/u.test(loginHint) && loginHint.length <= MAX_HINT)
    return { prompt, loginHint };
  throw invalid('loginHint is not a user name.', 'Give a name such as alice@contoso.com.');
}

/** A page that is no text would fail when the person has signed in. */
function parsePages(pages: ResultPages = {}): ResultPages {
  for (const name of ['signedIn', 'failed'] as const) {
    const page: unknown = pages[name];
    if (page === undefined || (typeof page === 'string' && page.trim() !== '')) continue;
    throw invalid(`resultPages.${name} is no HTML text.`, 'Give an HTML document as text, or leave it out.');
  }
  return pages;
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
