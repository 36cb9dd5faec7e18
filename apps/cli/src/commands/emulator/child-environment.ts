import type { Emulator } from '@aml-auth/emulator';
import { IDENTITY_VARIABLES } from '../../child/identity-variables.js';

type Environment = Readonly<Partial<Record<string, string>>>;

/** Other ways past the emulator's proxy. */
const FOREIGN_PROXIES = ['ALL_PROXY', 'all_proxy'] as const;

/**
 * The environment of a program that is to use the emulator: the user's own, without what would lead the program
 * elsewhere, and the emulator's variables.
 */
export function childEnvironment(
  own: Environment,
  emulator: Pick<Emulator, 'env'>,
  options: { readonly app?: string | undefined; readonly proxy: boolean },
): Environment {
  const variables = emulator.env(options.app);
  const foreign = new Set<string>([...IDENTITY_VARIABLES, ...(options.proxy ? FOREIGN_PROXIES : [])]);
  const kept = Object.entries(own).filter(([name]) => !foreign.has(name));
  const { JAVA_TOOL_OPTIONS: javaOptions } = variables;
  return {
    ...Object.fromEntries(kept),
    ...variables,
    // The user's options stay; of two that say different things the later one counts.
    ...(javaOptions === undefined || own['JAVA_TOOL_OPTIONS'] === undefined
      ? {}
      : { JAVA_TOOL_OPTIONS: `${own['JAVA_TOOL_OPTIONS']} ${javaOptions}` }),
  };
}
