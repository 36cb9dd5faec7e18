import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ERRORS_PAGE, errorsPage } from './docs/errors-page.ts';

await writeFile(join(import.meta.dirname, '../../..', ERRORS_PAGE), errorsPage());
