const MARKUP: unique symbol = Symbol('markup');

/** Markup whose texts are escaped. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What may stand in a template: texts are escaped, markup is taken as it is. */
export type HtmlValue = string | number | undefined | Html | readonly Html[];

/** Markup from a template literal. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((text, index) => text + render(values[index]));
  return { [MARKUP]: parts.join('') };
}

/** A constant that is markup already. Never for what came from outside. */
export function constantMarkup(text: string): Html {
  return { [MARKUP]: text };
}

/** The text of markup. */
export function markupOf(value: Html): string {
  return value[MARKUP];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The text behind what {@link escapeHtml} made. */
export function unescapeHtml(text: string): string {
  return text.replaceAll(
    /&(?:amp|lt|gt|quot|#39);/g,
    (entity) => Object.entries(ENTITIES).find(([, name]) => name === entity)?.[0] ?? entity,
  );
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  return 'length' in value ? value.map(markupOf).join('') : markupOf(value);
}
