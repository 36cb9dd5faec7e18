import { defineCommand } from '../../../define-command.js';
import { textFlag } from '../../../settings/text-flag.js';
import { setupFlags, type SetupFlags } from '../setup-flags.js';

/** Options of `aml-auth setup kubectl`. */
export interface SetupKubectlFlags extends SetupFlags {
  readonly user: string;
  readonly scope: string;
  readonly account?: string | undefined;
  readonly write: boolean;
}

/** The server application of Azure Kubernetes Service in every tenant (kubelogin, "server-id"). */
export const AKS_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

const text = (value: string): string => value;

/** `aml-auth setup kubectl`: a user of a kubeconfig that gets its tokens from here. */
export const setupKubectlCommand = defineCommand<SetupKubectlFlags>({
  brief: 'Let kubectl get its tokens from here',
  fullDescription:
    'Prints a kubeconfig with a user whose exec plugin is "aml-auth token". With --write or --file that user is merged into a kubeconfig: all else in it stays, comments too, and a backup is kept. A user of that name that differs is replaced only with --yes or after a question.',
  examples: [
    'setup kubectl',
    'setup kubectl --write',
    'setup kubectl --file kubeconfig.yaml --user ci --account ci',
  ],
  parameters: {
    flags: {
      user: {
        kind: 'parsed',
        parse: text,
        default: 'aml-auth',
        brief: 'Name of the user in the kubeconfig',
        placeholder: 'name',
      },
      scope: {
        kind: 'parsed',
        parse: text,
        default: AKS_SCOPE,
        brief: 'Scope of the token; the default is that of Azure Kubernetes Service',
        placeholder: 'scope',
      },
      account: textFlag(
        'Account that the plugin signs in with (default: the current one at that time)',
        'name',
      ),
      write: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Write it into the kubeconfig that kubectl reads (KUBECONFIG, or ~/.kube/config)',
      },
      ...setupFlags,
    },
  },
  load: async () => (await import('./kubectl.js')).kubectl,
});
