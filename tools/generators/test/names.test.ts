import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialNames } from '../src/names/credential-names.ts';
import { packageNames } from '../src/names/package-names.ts';

const BAD = [
  ...['', ' ', 'From-Xyz', 'fromXyz', 'from_xyz', 'from--xyz', 'from-xyz-', '-from-xyz', 'from-1x'],
  ...[
    'from-x/y',
    '../from-x',
    'from-x\\y',
    '/from-x',
    'from-x\0',
    'from-x\n',
    'from-é',
    '.',
    '..',
    'from-x.y',
  ],
  `from-${'x'.repeat(40)}`,
];
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const anything = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[a-z0-9A-Z._/\\-]{0,12}$/),
  fc.anything(),
);

/** A part of a path that is the same on every file system, and needs no quotes in a shell. */
const SAFE = /^[a-z0-9-]+$/;
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9]*$/;

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : 'no error object';
  }
  return 'no error';
}

describe('the name of a credential', () => {
  it('gives the names of files, code and variables', () => {
    expect(credentialNames('from-git-lab2')).toEqual({
      file: 'from-git-lab2',
      folder: 'git-lab2',
      factory: 'fromGitLab2',
      type: 'GitLab2',
      method: 'gitLab2',
      variable: 'GIT_LAB2',
      title: 'Git Lab2',
    });
    expect(credentialNames('from-git-lab', 'GitLab CI').title).toBe('GitLab CI');
  });

  it.each([...BAD, 'from', 'xyz', 'to-xyz', 'package', undefined, null, 5, {}])('is not %j', (name) => {
    expect(refusal(() => credentialNames(name))).toMatch(
      /^The name .*from-buildkite.* Nothing was changed\.$/s,
    );
  });

  it.each(['', ' X', 'X ', "Bob's", 'a|b', '`x`', '<b>', 'x\ny', 5])('has no title %j', (title) => {
    expect(refusal(() => credentialNames('from-xyz', title))).toMatch(/^The title .*Nothing was changed\.$/s);
  });

  it('is read back from its file, whatever its words', () => {
    fc.assert(
      fc.property(words, (list) => {
        const { file, folder, factory, variable } = credentialNames(`from-${list.join('-')}`);
        expect(file).toBe(`from-${folder}`);
        expect(folder.split('-')).toEqual(list);
        expect(factory).toMatch(/^from[A-Z]/);
        expect(variable).toMatch(/^[A-Z][A-Z0-9_]*$/);
      }),
    );
  });

  it('is safe in paths and in code, or refused with an example', () => {
    fc.assert(
      fc.property(anything, (name) => {
        try {
          const names = credentialNames(name);
          expect(names.file).toBe(name);
          expect(names.folder).toMatch(SAFE);
          expect(names.factory).toMatch(IDENTIFIER);
        } catch (error) {
          expect((error as Error).message).toContain('"from-buildkite"');
        }
      }),
    );
  });
});

describe('the name of a package', () => {
  it('gives the names of the folder, the package and types', () => {
    expect(packageNames('job-runner')).toEqual({
      folder: 'job-runner',
      packageName: '@aml-auth/job-runner',
      type: 'JobRunner',
    });
  });

  it.each([...BAD, '@aml-auth/x', 'Core', undefined])('is not %j', (name) => {
    expect(refusal(() => packageNames(name))).toMatch(/^The name .*job-runner.* Nothing was changed\.$/s);
  });

  it.each(['con', 'nul', 'com1'])('is not %s, which Windows keeps for itself', (name) => {
    expect(refusal(() => packageNames(name))).toContain('Windows');
  });

  it('is safe in paths and in code, or refused', () => {
    fc.assert(
      fc.property(anything, (name) => {
        try {
          const names = packageNames(name);
          expect(names.folder).toBe(name);
          expect(names.folder).toMatch(SAFE);
          expect(names.type).toMatch(IDENTIFIER);
        } catch (error) {
          expect((error as Error).message).toContain('Nothing was changed.');
        }
      }),
    );
  });
});
