import { cp } from 'node:fs/promises';

import { build } from '../../tsup.base.ts';
import { oneChunk } from './one-chunk.base.ts';

// Bundled with its parser and split by command: a command loads what it needs and nothing else.
export default build(
  { main: 'src/main.ts' },
  {
    splitting: true,
    noExternal: ['@stricli/core'],
    esbuildPlugins: [oneChunk(['src/run-main.ts', 'src/settings/sign-in.ts', 'src/output/present.ts'])],
    banner: { js: '#!/usr/bin/env node' },
    // What a page is made of is read when it is made.
    onSuccess: () =>
      cp('src/access-page', 'dist/access-page', {
        recursive: true,
        filter: (name) => !name.endsWith('.d.ts'),
      }),
  },
);
