import { build, DECLARATIONS } from '../../tsup.base.ts';

// One build an entry point: with chunks that both use, every import would read twice as many files.
// What is imported at its first use is a file of its own all the same.
export default [
  build({ index: 'src/index.ts' }, { splitting: true, clean: ['!azure-identity/**', ...DECLARATIONS] }),
  build({ index: 'src/azure-identity/index.ts' }, { outDir: 'dist/azure-identity' }),
];
