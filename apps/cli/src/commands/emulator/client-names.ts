import type { EmulatorClient } from '@aml-auth/emulator';

/** The kinds of program that the emulator has an environment for. Spelt out, so that options load no emulator. */
export const CLIENT_NAMES = ['node', 'az', 'python', 'java', 'terraform'] as const satisfies EmulatorClient[];

/** What people call them. */
export const CLIENT_TITLES: Readonly<Record<EmulatorClient, string>> = {
  node: 'Node.js',
  az: 'Azure CLI',
  python: 'Python',
  java: 'Java',
  terraform: 'Terraform',
};

/** What variables cannot say to a client, for a comment beside them. */
export function clientHint(client: EmulatorClient, proxy: boolean): string | undefined {
  return proxy ? PROXY_HINTS[client] : DIRECT_HINTS[client];
}

const PROXY_HINTS: Readonly<Partial<Record<EmulatorClient, string>>> = {
  node: 'fetch uses the proxy from Node.js 22.21 and 24.5 on.',
};

const DIRECT_HINTS: Readonly<Partial<Record<EmulatorClient, string>>> = {
  node: '@azure/identity also needs { disableInstanceDiscovery: true } in code, or "emulator up --proxy".',
  python: 'azure-identity also needs disable_instance_discovery=True in code, or "emulator up --proxy".',
  az: 'Older versions (2.45 is one) check names with Azure all the same: use "emulator up --proxy".',
};
