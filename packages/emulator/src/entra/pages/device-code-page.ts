import { html } from './html.js';
import { page } from './page.js';

/** The page on which a person enters the code that a device shows. */
export function deviceCodePage(problem?: string): Response {
  return page({
    title: 'Enter code',
    status: problem === undefined ? 200 : 400,
    headers: problem === undefined ? {} : { 'x-ms-error-code': problem.split(':')[0] ?? '' },
    body: html`${problem === undefined ? undefined : html`<p role="alert">${problem}</p>`}
      <form method="post" action="/devicelogin">
        <label for="user_code">Enter the code displayed on your app or device</label>
        <input
          id="user_code"
          name="user_code"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          required
          autofocus
        />
        <div><button class="main">Next</button></div>
      </form>`,
  });
}
