import type { CliContext } from '../context.js';

/** A line that says what is being waited for. */
export interface Progress {
  readonly update: (text: string) => void;
  readonly stop: () => void;
}

/** Takes the line away, by the control sequences of ECMA-48: to its begin, and erase to its end. */
const ERASE = '\r\u001b[K';

/** A line on standard error while something is waited for. Nothing where that is no terminal, as in logs. */
export function startProgress({ process: { stderr, env } }: CliContext, text: string): Progress {
  if (stderr.isTTY !== true || env['TERM'] === 'dumb')
    return { update: () => undefined, stop: () => undefined };
  const show = (line: string): void => {
    stderr.write(`${ERASE}${line}`);
  };
  show(text);
  return {
    update: show,
    stop: () => {
      stderr.write(ERASE);
    },
  };
}
