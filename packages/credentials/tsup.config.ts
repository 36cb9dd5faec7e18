import { build } from '../../tsup.base.ts';

// One build an entry point: with chunks that both use, every import would read twice as many files.
// What is imported at its first use is a file of its own all the same.
export default [
  build({ index: 'src/index.ts' }, { splitting: true }),
  build({ 'azure-identity/index': 'src/azure-identity/index.ts' }),
];
