import { html, type Html } from './html.js';
import { page } from './page.js';

/** A step that a person takes. */
export type PageStep = 'account' | 'password' | 'newPassword' | 'mfa' | 'consent' | 'confirm';

/** What the page of a step shows. */
export interface WalkPage {
  readonly step: PageStep;
  /** What ties the form to its walk. */
  readonly context: string;
  /** Name of the application. */
  readonly application: string;
  readonly username: string;
  /** Permissions to ask for. */
  readonly scopes: readonly string[];
  readonly problem?: string | undefined;
  /** Where the walk leads in the end. */
  readonly leadsTo?: string | undefined;
}

interface StepView {
  readonly title: string;
  readonly fields: Html;
  /** Text of the button that goes on. */
  readonly next: string;
}

/** The page of a step. */
export function walkPage(content: WalkPage): Response {
  const { step, context, problem, leadsTo } = content;
  const { title, fields, next } = VIEWS[step](content);
  const hasAccount = step !== 'account';
  return page({
    title,
    leadsTo,
    body: html`${problem === undefined ? undefined : html`<p role="alert">${problem}</p>`}
      <form method="post" action="/common/login">
        <input type="hidden" name="ctx" value="${context}" />
        <input type="hidden" name="step" value="${step}" />
        ${fields}
        <div>
          <button class="main" name="action" value="next">${next}</button>
          ${hasAccount ? button('restart', 'Use another account') : undefined} ${button('cancel', 'Cancel')}
        </div>
      </form>`,
  });
}

function button(action: string, text: string): Html {
  // Without validation, so that one can leave a page with empty fields.
  return html`<button name="action" value="${action}" formnovalidate>${text}</button>`;
}

/** The account that is signing in. */
function who(username: string): Html {
  return html`<p class="who" data-initial="${username.slice(0, 1).toUpperCase()}">${username}</p>`;
}

/** Tells password managers whose password it is. */
function accountField(username: string): Html {
  return html`<input type="text" name="account" value="${username}" autocomplete="username" hidden />`;
}

const VIEWS: Readonly<Record<PageStep, (content: WalkPage) => StepView>> = {
  account: ({ application, username }) => ({
    title: 'Sign in',
    next: 'Next',
    fields: html`<p>to continue to ${application}</p>
      <label for="username">User name</label>
      <input
        id="username"
        name="username"
        type="text"
        value="${username}"
        placeholder="someone@contoso.onmicrosoft.com"
        autocomplete="username"
        autocapitalize="none"
        required
        autofocus
      />`,
  }),
  password: ({ username }) => ({
    title: 'Enter password',
    next: 'Sign in',
    fields: html`${who(username)} ${accountField(username)}
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        autofocus
      />`,
  }),
  newPassword: ({ username }) => ({
    title: 'Update your password',
    next: 'Sign in',
    fields: html`${who(username)}
      <p>You need to update your password: it has expired, or an administrator set it.</p>
      ${accountField(username)}
      <label for="new_password">New password</label>
      <input
        id="new_password"
        name="new_password"
        type="password"
        autocomplete="new-password"
        required
        autofocus
      />`,
  }),
  mfa: ({ username }) => ({
    title: 'Approve sign-in request',
    next: 'Approve',
    fields: html`${who(username)}
      <p>The real service would ask your second factor now. Approve here instead.</p>`,
  }),
  consent: ({ application, username, scopes }) => ({
    title: 'Permissions requested',
    next: 'Accept',
    fields: html`${who(username)}
    ${
      scopes.length === 0
        ? html`<p>${application} would like to sign you in.</p>`
        : html`<p>${application} would like to:</p>
            <ul>
              ${scopes.map((scope) => html`<li>${scope}</li>`)}
            </ul>`
    }`,
  }),
  confirm: ({ application, username }) => ({
    title: `Are you trying to sign in to ${application}?`,
    next: 'Continue',
    fields: html`${who(username)}
      <p>Only continue if you started this yourself, on a device that you trust.</p>`,
  }),
};
