import { english } from './english.js';
import type { Locale, Messages } from './messages.js';

/** The texts of a language; those of any but English are loaded when they are wanted. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'ko' ? (await import('./korean/korean.js')).korean : english;
}
