/** A layer of the repository, as a new package may have it. */
export interface Layer {
  readonly name: string;
  /** In AGENTS.md: what its packages may import. */
  readonly mayImport: string;
  /** True where its packages run without Node.js. */
  readonly everywhere: boolean;
}

/** Those of `eslint.config.mjs` that published libraries have. */
export const LAYERS: readonly Layer[] = [
  { name: 'policy', mayImport: 'core', everywhere: true },
  { name: 'storage', mayImport: 'core', everywhere: false },
  { name: 'service', mayImport: 'core', everywhere: false },
  { name: 'domain', mayImport: 'core, permissions, rest', everywhere: false },
];

/** @throws {Error} for a layer that there is not */
export function layerOf(name: string): Layer {
  const layer = LAYERS.find((one) => one.name === name);
  if (layer !== undefined) return layer;
  const known = LAYERS.map((one) => one.name).join(', ');
  throw new Error(
    `There is no layer ${JSON.stringify(name)} for a package: choose one of ${known}. Nothing was changed.`,
  );
}
