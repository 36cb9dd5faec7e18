import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * Who may import whom. An arrow that is not listed here does not exist; the layers are tags in each
 * project's package.json.
 */
const layers = [
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:core'], bannedExternalImports: ['*'] },
  { sourceTag: 'layer:policy', onlyDependOnLibsWithTags: ['layer:core'], bannedExternalImports: ['*'] },
  { sourceTag: 'layer:storage', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:service', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:core', 'layer:service', 'layer:policy'] },
  { sourceTag: 'layer:dev', onlyDependOnLibsWithTags: ['layer:core', 'layer:policy'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['*'] },
];

/** A bundle holds all of zod where it is imported by name, and the used part of it otherwise. */
const wholeZod = {
  selector: 'ImportDeclaration[source.value="zod"] > ImportSpecifier',
  message: "Write: import * as z from 'zod'. A named import brings all of zod into bundles.",
};

/** Test files share their processes: what one of them does to the process, the next one meets. */
const sharedProcess = {
  'no-restricted-syntax': [
    'error',
    wholeZod,
    {
      selector:
        'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock|resetModules)$/]',
      message: 'Modules are loaded once for many test files: use vi.spyOn, or hand the fault in.',
    },
    {
      selector: 'AssignmentExpression[left.object.name="process"][left.property.name="env"]',
      message: 'A plain object in the place of process.env stays for the next test files: use vi.stubEnv.',
    },
  ],
};

/** Tests may also use the emulator, the contract suites, and any public package they declare. */
const testLayers = [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }];

const boundaries = (depConstraints) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    { depConstraints, allowCircularSelfDependency: true, banTransitiveDependencies: true },
  ],
});

export default ts.config(
  { ignores: ['**/dist/**', '**/out-tsc/**', '**/node_modules/**', '**/target/**', '.nx/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'test', package: 'node:test' }] },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/dot-notation': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', wholeZod],
      eqeqeq: 'error',
    },
  },
  {
    // Build settings: one line each, outside the TypeScript projects.
    files: ['**/*.config.ts', '**/*.base.ts'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    ignores: ['packages/emulator/src/inspector/**', 'apps/cli/src/access-page/**'],
    languageOptions: { globals: globals.node },
  },
  {
    // Runs in browsers, as it stands.
    files: ['packages/emulator/src/inspector/**/*.js', 'apps/cli/src/access-page/**/*.js'],
    languageOptions: { globals: globals.browser },
    rules: { eqeqeq: 'error', 'max-lines': ['error', { max: 300 }] },
  },
  {
    files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts', 'tools/*/src/**/*.ts'],
    plugins: { '@nx': nx },
    rules: boundaries(layers),
  },
  {
    files: ['**/test/**/*.ts', '**/acceptance/**/*.ts', '**/*.test.ts'],
    plugins: { '@nx': nx },
    rules: {
      ...boundaries(testLayers),
      ...sharedProcess,
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // These packages run wherever JavaScript runs; what is special to Node.js comes in from outside.
    files: ['packages/core/src/**/*.ts', 'packages/permissions/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*'] }] },
  },
  prettier,
);
