import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCreate } from './run-create.js';

// In the published package the templates lie beside this file.
const templates = join(import.meta.dirname, 'templates');
if (!existsSync(templates)) throw new Error('This copy of the program has no templates: build it first.');
process.exitCode = await runCreate(process.argv.slice(2), templates);
