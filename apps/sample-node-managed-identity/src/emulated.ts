// Runs main.ts as it would run on a cluster of Azure Machine Learning ("cpu") or on a virtual machine ("vm"), with the
// emulator as its cloud.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startEmulator } from '@aml-auth/emulator';

const place = process.argv[2] ?? 'cpu';
const emulator = await startEmulator({
  seed: {
    tenants: [{ name: 'contoso' }],
    subscriptions: [
      {
        name: 'dev',
        resourceGroups: [
          {
            name: 'rg-ml',
            identities: [{ name: 'id-cluster' }],
            workspaces: [{ name: 'ws1', computes: [{ name: 'cpu', identity: 'id-cluster' }] }],
          },
        ],
      },
    ],
    hosts: [{ kind: 'vm', as: 'system' }],
    roleAssignments: [
      { principal: 'identity:id-cluster', role: 'AzureML Data Scientist', scope: '/dev/rg-ml/ws1' },
      { principal: 'host:vm', role: 'Reader', scope: '/dev/rg-ml' },
    ],
  },
});
try {
  // What a process finds there: the cloud, the workspace, and the variables of the managed identity.
  const env = { PATH: process.env['PATH'], ...emulator.env(), ...emulator.host(place).env };
  const program = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { stdio: 'inherit', env });
  const [code] = (await once(program, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  await emulator.close();
}
