import { defineCommand } from '../../define-command.js';

/** Shells that a script can be made for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `aml-auth completion`: what a shell needs to complete commands and options. */
export const completionCommand = defineCommand<object, [(typeof SHELLS)[number]]>({
  brief: 'Print the script with which a shell completes commands and options',
  fullDescription:
    'For bash: source <(aml-auth completion bash). For zsh the same, after compinit. For fish: aml-auth completion fish | source. For PowerShell: aml-auth completion powershell | Out-String | Invoke-Expression. The proposals come from the commands themselves; nothing is asked over the network.',
  examples: ['completion bash', 'completion powershell'],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: parseShell,
          proposeCompletions: () => SHELLS,
          brief: 'bash, zsh, fish or powershell',
          placeholder: 'shell',
        },
      ],
    },
  },
  load: async () => (await import('./completion.js')).completion,
});

function parseShell(text: string): (typeof SHELLS)[number] {
  const shell = SHELLS.find((known) => known === text || (known === 'powershell' && text === 'pwsh'));
  if (shell !== undefined) return shell;
  throw new SyntaxError(`there are scripts for ${SHELLS.join(', ')}`);
}
