import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '@aml-auth/emulator';

/** Puts the files that the commands of the transcript read into their folder. */
export async function writeFiles(folder: string, emulator: Emulator): Promise<void> {
  const group = emulator.workspace().id.replace(/\/providers.*/, '');
  const role = {
    Name: 'Job reader',
    IsCustom: true,
    Description: 'Reads jobs.',
    Actions: ['Microsoft.MachineLearningServices/workspaces/jobs/read'],
    AssignableScopes: [group],
  };
  const access = [
    'version: 1',
    `scopes: [${emulator.workspace().id}]`,
    'assignments:',
    `  - { principal: data-science, role: Reader, scope: ${emulator.workspace().id} }`,
    '',
  ];
  const files = {
    'secret.txt': emulator.app('trainer').secret ?? '',
    'role.json': JSON.stringify(role),
    'access.yaml': access.join('\n'),
    'cloud.yaml': 'version: 1\ntenants: [{ name: contoso }]\n',
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), text, { mode: 0o600 });
}
