/** The flag of commands about a running emulator. */
export interface UrlFlag {
  readonly url?: string | undefined;
}

/** How {@link UrlFlag} is parsed. */
export const urlFlag = {
  url: {
    kind: 'parsed',
    parse: (value: string): string => value,
    optional: true,
    brief: 'Address of the emulator, where several are running',
    placeholder: 'url',
  },
} as const;
