import { AmlAuthError } from '@aml-auth/core';

import type { SignInOptions, SignInResult } from './emulator.js';
import { readForm, readProblem, type PageForm } from './entra/pages/read-form.js';

/** More pages than any sign-in has. */
const MOST_PAGES = 10;

/** What a walk through the sign-in pages needs. */
export interface HeadlessSignInOptions {
  readonly origin: string;
  /** Leads to the emulator. */
  readonly fetch: typeof fetch;
  /** The full user principal name, and the password in the seed. */
  readonly user: (upn: string) => { readonly name: string; readonly password: string | undefined };
}

/** Goes through the sign-in pages as a person would: reads each one, fills in its form and sends it. */
export function createHeadlessSignIn({
  origin,
  fetch,
  user,
}: HeadlessSignInOptions): (options: SignInOptions) => Promise<SignInResult> {
  return async ({ upn, url, password, newPassword = '' }) => {
    const { name, password: known } = user(upn);
    const secret = password ?? known;
    if (secret === undefined) {
      throw new AmlAuthError({
        code: 'AML_NOT_CONFIGURED',
        message: `The user ${name} has no password in the seed, so that nobody can sign in.`,
        remedy: 'Give the user a password in the seed.',
      });
    }
    const filled: Readonly<Record<string, string>> = {
      username: name,
      password: secret,
      new_password: newPassword,
    };
    let response = await fetch(url, { redirect: 'manual' });
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const location = response.headers.get('location');
      if (location !== null) return { method: 'GET', url: location, fields: fieldsOf(location) };
      const document = await response.text();
      const form = readForm(document);
      const problem = readProblem(document);
      if (problem !== undefined || form === undefined) throw stuck(name, problem);
      const target = new URL(form.action, origin);
      if (target.origin !== origin) return { method: 'POST', url: form.action, fields: form.fields };
      response = await fetch(target, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams(fill(form, filled)),
        redirect: 'manual',
      });
    }
    throw stuck(name, 'The sign-in pages do not end.');
  };
}

function fill({ fields }: PageForm, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, string] => [name, values[name] ?? value]),
  );
}

/** The parameters of a redirect, from its query and its fragment. */
function fieldsOf(location: string): Record<string, string> {
  const { searchParams, hash } = new URL(location);
  return Object.fromEntries([...searchParams, ...new URLSearchParams(hash.slice(1))]);
}

function stuck(name: string, problem = 'The page has nothing to fill in.'): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CREDENTIAL_REJECTED',
    message: `${name} cannot sign in to the emulator. ${problem}`,
    remedy: 'Check the URL, and the user, the password and the application in the seed.',
  });
}
