import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNote, encodeNote, isOver, SILENT_MS } from '../../src/file/lease-note.js';

const NOW = 1_000_000;
const note = { owner: 'o', pid: 7, machine: 'here', endsAt: NOW + 30_000 };
const watcher = { now: NOW, machine: 'here', pid: 8, isAlive: () => true, unchangedMs: 0 };

describe('a lease', () => {
  it.each([
    ['is held while its holder gives signs of life', { note, beatAt: NOW - 400 }, watcher, false],
    ['is over after its time', { note: { ...note, endsAt: NOW }, beatAt: NOW }, watcher, true],
    ['is over where its holder is dead', { note, beatAt: NOW }, { ...watcher, isAlive: () => false }, true],
    ['is over after silence', { note, beatAt: NOW - SILENT_MS - 1 }, watcher, true],
    ['is over where its last sign lies in the future', { note, beatAt: NOW + SILENT_MS + 1 }, watcher, true],
    [
      'of its own process is held after silence',
      { note, beatAt: 0 },
      { ...watcher, pid: 7, unchangedMs: 10_000 },
      false,
    ],
    [
      'of its own process is over after its time',
      { note, beatAt: NOW },
      { ...watcher, pid: 7, now: note.endsAt },
      true,
    ],
    ['is held while it is being written', { note: undefined, beatAt: NOW }, watcher, false],
    ['is over where nobody finished writing it', { note: undefined, beatAt: 0 }, watcher, true],
  ])('%s', (_, sight, seen, over) => {
    expect(isOver(sight, seen)).toBe(over);
  });

  it('of another machine is over by silence that was seen, whatever its clock and process ids say', () => {
    const far = { note: { ...note, machine: 'there' }, beatAt: NOW - 3_000_000 };
    const dead = { ...watcher, isAlive: () => false };
    expect(isOver(far, dead)).toBe(false);
    expect(isOver(far, { ...dead, unchangedMs: SILENT_MS + 1 })).toBe(true);
    expect(isOver(far, { ...dead, now: note.endsAt + 60_001 })).toBe(true);
  });
});

it('reads back what it wrote, and nothing else', () => {
  expect(decodeNote(encodeNote(note))).toEqual(note);
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(decodeNote(text)).toBeUndefined();
    }),
  );
  for (const field of ['owner', 'pid', 'machine', 'endsAt']) {
    expect(decodeNote(JSON.stringify({ ...note, [field]: null })), field).toBeUndefined();
  }
  expect(decodeNote(JSON.stringify({ ...note, pid: -1 }))).toBeUndefined();
});
