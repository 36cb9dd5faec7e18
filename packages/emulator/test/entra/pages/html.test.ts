import fc from 'fast-check';
import { expect, test } from 'vitest';

import { escapeHtml, html, markupOf, unescapeHtml } from '../../../src/entra/pages/html.js';
import { readForm, readProblem } from '../../../src/entra/pages/read-form.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('&', '<', '"', "'", '>', 'a', ';', '#39') }),
);

test('whatever is put into a page is text there, and comes back as it was', () => {
  fc.assert(
    fc.property(text, text, text, (name, value, problem) => {
      const page = markupOf(
        html`<p role="alert">${problem}</p>
          <form method="post" action="/x"><input name="a${name}" value="${value}" /></form>`,
      );
      expect(page.match(/<(?!\/?(?:p|form|input)\b)/g)).toBeNull();
      expect(readForm(page)).toEqual({ action: '/x', fields: { [`a${name}`]: value } });
      expect(readProblem(page)).toBe(problem.trim());
    }),
  );
});

test('unescaping undoes escaping', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(unescapeHtml(escapeHtml(value))).toBe(value);
      expect(escapeHtml(value)).not.toMatch(/[<>"']/);
    }),
  );
});

test('templates nest, and leave out what is undefined', () => {
  const items = ['<1>', '2'].map((item) => html`<i>${item}</i>`);
  expect(markupOf(html`<b class="${3}">${items}${undefined}</b>`)).toBe(
    '<b class="3"><i>&lt;1&gt;</i><i>2</i></b>',
  );
});

test('a page without a form has none, and no problem', () => {
  expect(readForm('<p>hello</p>')).toBeUndefined();
  expect(readProblem('<p>hello</p>')).toBeUndefined();
});
