/**
 * An element. Texts are set as texts, so that nothing of a request can become markup.
 *
 * @param {string} tag - with classes after dots, such as `span.chip.ok`
 * @param {Record<string, unknown>} attributes - functions listen to the event of their name; `null` and `false` are left out
 * @param {...(Node | string | number | null | undefined | readonly unknown[])} children
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
  return element;
}

/** The element with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Shows a message for a while. */
export function toast(text) {
  const place = byId('toast');
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (place.hidden = true), 6000);
}

/** A button that copies a text. */
export function copyButton(text) {
  const button = h('button.quiet.copy', { type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select it';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  return button;
}

/** A line to run in a shell, with a button to copy it. */
export function commandLine(command) {
  return h('div.command', {}, h('code', {}, command), copyButton(command));
}

/** Terms and what they mean; entries without a value are left out. */
export function facts(entries) {
  const shown = entries.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return h(
    'dl.facts',
    {},
    shown.map(([term, value]) => [
      h('dt', {}, term),
      h('dd', {}, value instanceof Node ? value : String(value)),
    ]),
  );
}

/** A table with a heading for every column. */
export function table(headings, rows) {
  return h(
    'div.scroll',
    {},
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          headings.map((text) => h('th', { scope: 'col' }, text)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((cells) =>
          h(
            'tr',
            {},
            cells.map((cell) => h('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
}
