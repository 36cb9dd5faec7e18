import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { apiReports } from './api/api-reports.ts';

const root = resolve(import.meta.dirname, '../../..');
for (const { file, text } of await apiReports(root)) {
  const path = resolve(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
