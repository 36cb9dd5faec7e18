import { resolve } from 'node:path';

/** The root of this repository, as an absolute path. */
export const ROOT: string = resolve(import.meta.dirname, '../../..');

/** Where the site is built. */
export const SITE: string = resolve(ROOT, 'dist/site');

/** Where files that are no pages can be read. */
export const SOURCES_URL = 'https://github.com/aml-auth/aml-auth/blob/main';
