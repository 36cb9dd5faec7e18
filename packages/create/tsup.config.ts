import { build } from '../../tsup.base.ts';
import { copyTemplates } from './src/copy-templates.ts';

export default build(
  { main: 'src/main.ts' },
  { banner: { js: '#!/usr/bin/env node' }, onSuccess: () => copyTemplates('../..', 'dist/templates') },
);
