import { tests } from '../../vitest.base.ts';

export default tests('identity-endpoint');
