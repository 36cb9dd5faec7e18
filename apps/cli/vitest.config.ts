import { tests } from '../../vitest.base.ts';

export default tests('cli', {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'acceptance/**/*.test.ts'],
});
