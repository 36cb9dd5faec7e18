import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azStandIn, withEnvironment } from '../src/measure/az-stand-in.ts';
import { installedPackages } from '../src/measure/installed-packages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aml-auth-bench-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, manifest: object, extra: Record<string, number> = {}): string {
  const at = join(folder, path);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), JSON.stringify(manifest));
  for (const [name, bytes] of Object.entries(extra)) {
    mkdirSync(join(at, name, '..'), { recursive: true });
    writeFileSync(join(at, name), 'x'.repeat(bytes));
  }
  return at;
}

describe('installedPackages', () => {
  it('counts every package once, with its own files alone', () => {
    const root = write(
      'app',
      { name: 'app', version: '1.0.0', dependencies: { a: '1', b: '1' } },
      { 'index.js': 100 },
    );
    write(
      'app/node_modules/a',
      { name: 'a', version: '1.0.0', dependencies: { b: '1' } },
      { 'lib/a.js': 10 },
    );
    write('store/b', { name: 'b', version: '2.0.0', optionalDependencies: { missing: '1' } }, { 'b.js': 5 });
    symlinkSync(join(folder, 'store/b'), join(root, 'node_modules/b'));
    const found = installedPackages(root);
    expect(found.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'app@1.0.0',
      'a@1.0.0',
      'b@2.0.0',
    ]);
    const manifests = found.map(({ name, bytes }) => [name, bytes > 0]);
    expect(manifests).toEqual([
      ['app', true],
      ['a', true],
      ['b', true],
    ]);
    const [app, a] = found;
    expect((app?.bytes ?? 0) - (a?.bytes ?? 0)).toBeGreaterThan(80);
    expect((app?.bytes ?? 0) - (a?.bytes ?? 0)).toBeLessThan(110);
  });

  it('counts of a package of this repository what is published', () => {
    const manifest = { name: 'own', version: '1.0.0', files: ['dist'], nx: {} };
    const root = write('own', manifest, {
      'dist/index.js': 10,
      'dist/x.tsbuildinfo': 9_999,
      'src/index.ts': 9_999,
    });
    expect(installedPackages(root)[0]?.bytes).toBe(10 + JSON.stringify(manifest).length);
  });

  it('names a dependency that is missing', () => {
    const root = write('app', { name: 'app', version: '1.0.0', dependencies: { gone: '1' } });
    expect(() => installedPackages(root)).toThrow('gone is not installed');
  });
});

describe('withEnvironment', () => {
  it('puts everything back, also after a failure', async () => {
    const before = { ...process.env };
    const az = azStandIn('http://127.0.0.1:9');
    await expect(withEnvironment(az.env, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect({ ...process.env }).toEqual(before);
    expect(az.starts()).toBe(0);
    az.remove();
  });
});
