import type { Compute } from '../../core/resource-rows.js';
import type { Vault } from '../../core/vault.js';
import { invalid } from './compute-invalid.js';

type Json = Readonly<Record<string, unknown>>;

/** Kinds of computes that were there before and are made known to a workspace → the properties of theirs that are secret. */
const SECRETS: Readonly<Partial<Record<Compute['kind'], readonly string[]>>> = {
  VirtualMachine: ['administratorAccount'],
  HDInsight: ['administratorAccount'],
  Databricks: ['databricksAccessToken'],
  AKS: [],
  Kubernetes: [],
};

/** Whether a workspace does not make computes of that kind, but is told of them. */
export function isAttachedKind(kind: Compute['kind']): boolean {
  return SECRETS[kind] !== undefined;
}

/** The settings of an attached compute without its secrets, and these. */
export function splitSecrets(
  kind: Compute['kind'],
  settings: Json,
): { readonly shown: Json; readonly secrets: Readonly<Record<string, string>> } {
  const names = SECRETS[kind] ?? [];
  const entries = Object.entries(settings);
  const secret = entries.filter(([name, value]) => names.includes(name) && value !== null);
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
    secrets: Object.fromEntries(secret.map(([name, value]) => [name, JSON.stringify(value)])),
  };
}

/**
 * What `listKeys` gives of a compute.
 *
 * @throws a refusal: 400 for kinds that have no keys
 */
export function keysOf(row: Compute, vault: Vault): Json {
  if (row.kind === 'AKS') {
    return {
      computeType: row.kind,
      userKubeConfig: kubeConfig(row, vault, 'clusterUser'),
      adminKubeConfig: kubeConfig(row, vault, 'clusterAdmin'),
      imagePullSecretName: `${row.name}-pull`,
    };
  }
  const names = SECRETS[row.kind] ?? [];
  if (names.length === 0) {
    throw invalid(`The compute '${row.name}' of type '${row.kind}' has no keys.`);
  }
  const secrets = names.map((name) => {
    const text = vault.open(row.sealed[name] ?? '');
    return [name, text === undefined ? null : (JSON.parse(text) as unknown)];
  });
  return { computeType: row.kind, ...(Object.fromEntries(secrets) as Json) };
}

function kubeConfig({ id, name }: Compute, vault: Vault, user: string): string {
  const token = vault.derive('kube-config', id, user);
  return `apiVersion: v1\nkind: Config\ncurrent-context: ${name}\nusers:\n- name: ${user}\n  user:\n    token: ${token}\n`;
}
