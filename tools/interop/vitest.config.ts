import { tests } from '../../vitest.base.ts';

// Programs of others, which take seconds to start, and far more where the machine is busy.
export default tests('interop', { testTimeout: 300_000, hookTimeout: 300_000 });
