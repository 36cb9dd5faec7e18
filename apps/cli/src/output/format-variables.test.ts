import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVariables } from './format-variables.js';

describe('formatVariables', () => {
  it('writes lines that a shell reads back, whatever is in a value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        (value) => {
          const script = `${formatVariables({ NAME: value }, 'sh')}printf %s "$NAME"`;
          expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(value);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('doubles quotes for PowerShell', () => {
    expect(formatVariables({ A: "it's $x", B: 'two' }, 'powershell')).toBe(
      "$env:A = 'it''s $x'\n$env:B = 'two'\n",
    );
  });

  it.skipIf(spawnSync('pwsh', ['-Version']).status !== 0)('writes lines that PowerShell reads back', () => {
    const script = `${formatVariables({ NAME: "it's $x" }, 'powershell')}[Console]::Write($env:NAME)`;
    expect(execFileSync('pwsh', ['-NoProfile', '-Command', script], { encoding: 'utf8' })).toBe("it's $x");
  });

  it('writes JSON', () => {
    expect(JSON.parse(formatVariables({ A: '1' }, 'json'))).toEqual({ A: '1' });
  });
});
