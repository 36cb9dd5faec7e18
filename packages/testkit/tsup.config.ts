import { build } from '../../tsup.base.ts';

export default build({
  index: 'src/index.ts',
  'redis/index': 'src/redis/index.ts',
  'terminal/index': 'src/terminal/index.ts',
});
