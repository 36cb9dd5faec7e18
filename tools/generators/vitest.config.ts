import { tests } from '../../vitest.base.ts';

// Without the conditions of the others: they reach processes, where the templates of nx are then found as a module that
// nx cannot require. Nothing of this repository is imported here.
export default { ...tests('generators'), resolve: {}, ssr: {} };
