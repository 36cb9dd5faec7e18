import { build } from '../../tsup.base.ts';

export default build(
  { index: 'src/index.ts', 'azure-identity/index': 'src/azure-identity/index.ts' },
  // What both entry points use is there once.
  { splitting: true },
);
