import { build } from '../../tsup.base.ts';

// Bundled with its parser and split by command: a command loads what it needs and nothing else.
export default build(
  { main: 'src/main.ts' },
  { splitting: true, noExternal: ['@stricli/core'], banner: { js: '#!/usr/bin/env node' } },
);
