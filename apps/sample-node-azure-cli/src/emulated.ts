// Signs the Azure CLI in at the emulator, then runs main.ts. "aml-auth emulator run" gives it a folder of its own for
// its session: yours stays as it is. Where there is no az, main.ts says so.
import { spawnSync } from 'node:child_process';

// A shell, since az is a script on Windows.
spawnSync('az login --identity --output none', { shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
await import('./main.ts');
