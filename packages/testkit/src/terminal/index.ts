export {
  atTerminal,
  hasTerminal,
  type TerminalOutcome,
  type TerminalRun,
  type TerminalStep,
} from './at-terminal.js';
