/** A figure that no measurement and no count stands behind. */
export interface AllowedFigure {
  readonly page: string;
  /** As the finder spells it. */
  readonly figure: string;
}

/** Figures that docs/figures.md need not have, by the reason. One that its page no longer says is refused. */
export const allowedFigures: Readonly<Record<string, readonly AllowedFigure[]>> = {
  'the default of an option, which its reference and its tests hold': [
    { page: 'docs/credentials/azure-cli.md', figure: '30000 ms' },
    { page: 'docs/credentials/browser.md', figure: '180000 ms' },
    { page: 'docs/credentials/managed-identity.md', figure: '120000 ms' },
    { page: 'docs/credentials/process.md', figure: '30000 ms' },
    { page: 'docs/redis.md', figure: '250 ms' },
    { page: 'docs/redis.md', figure: '1000 ms' },
    { page: 'packages/credentials/README.md', figure: '60000 ms' },
  ],
  'a rule of the code, and no result of it': [
    { page: 'docs/calls.md', figure: '5 times' },
    { page: 'docs/emulator-control.md', figure: '3 times' },
    { page: 'packages/core/README.md', figure: '75 to 80 %' },
  ],
  'a limit of Azure': [
    { page: 'docs/emulator-parity.md', figure: '15 times' },
    { page: 'docs/emulator-sign-in.md', figure: '20 times' },
    { page: 'packages/rest/README.md', figure: '25/s' },
    { page: 'packages/rest/README.md', figure: '10/s' },
  ],
  'what another library does': [
    { page: 'docs/emulator-parity.md', figure: '3 times' },
    { page: 'docs/redis.md', figure: '80 %' },
  ],
  'an aim, which the page holds its results against': [
    { page: 'tools/bench/README.md', figure: '8 ms' },
    { page: 'tools/bench/README.md', figure: '1.5 times' },
  ],
};
