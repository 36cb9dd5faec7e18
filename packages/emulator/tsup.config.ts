import { cp } from 'node:fs/promises';

import { build } from '../../tsup.base.ts';

export default build(
  { index: 'src/index.ts' },
  {
    // The page is served as it stands.
    onSuccess: () => cp('src/inspector', 'dist/inspector', { recursive: true }),
  },
);
