import { html } from './html.js';
import { page } from './page.js';

/** A page that posts fields to an application: by itself where scripts run, otherwise with a button. */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>): Response {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return page({
    title: 'Working...',
    leadsTo: action,
    submits: true,
    body: html`<form method="post" action="${action}">${inputs}<button class="main">Continue</button></form>`,
  });
}
