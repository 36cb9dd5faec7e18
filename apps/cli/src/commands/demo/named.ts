import type { DemoWorld } from './demo-world.js';

/** Texts of Azure have ids; people read names. */
export function named({ emulator, workspace }: DemoWorld): (text: string) => string {
  const ids = [
    [workspace.id, `workspace ${workspace.name}`],
    ...['trainer', 'newcomer'].map((app) => [emulator.app(app).objectId, app]),
    ...['alice@contoso', 'bob@contoso'].map((upn) => [emulator.user(upn).id, upn]),
  ] as const;
  return (text) => ids.reduce((now, [id = '', name = '']) => now.replaceAll(id, name), text);
}
