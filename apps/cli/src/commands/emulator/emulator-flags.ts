/** Flags of the commands that start an emulator. */
export interface EmulatorFlags {
  readonly port: number;
  readonly seed?: string | undefined;
  readonly app?: string | undefined;
  readonly proxy: boolean;
  readonly passthrough: readonly string[];
}

const text = (value: string): string => value;

/** How {@link EmulatorFlags} are parsed, but for `proxy`, whose default differs. */
export const emulatorFlags = {
  port: {
    kind: 'parsed',
    parse: parsePort,
    default: '0',
    brief: 'Port on loopback; 0 takes a free one',
    placeholder: 'number',
  },
  seed: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'YAML or JSON file with tenants, applications, workspaces and roles (default: the demo data)',
    placeholder: 'file',
  },
  app: {
    kind: 'parsed',
    parse: text,
    optional: true,
    brief: 'Application of the seed whose credentials the environment gets (default: the first one)',
    placeholder: 'name',
  },
  passthrough: {
    kind: 'parsed',
    parse: text,
    variadic: true,
    default: [],
    brief: 'Host that may be reached through the proxy, such as pypi.org; may stand several times',
    placeholder: 'host',
  },
} as const;

function parsePort(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new SyntaxError(`"${value}" is not a port number from 0 to 65535`);
}
