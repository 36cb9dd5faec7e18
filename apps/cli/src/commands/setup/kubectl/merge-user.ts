import { isDeepStrictEqual } from 'node:util';
import { AmlAuthError } from '@aml-auth/core';
import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import type { Merged } from '../merge-into-file.js';
import type { SetupKubectlFlags } from './command.js';

/** A user of a kubeconfig. */
export interface KubeUser {
  readonly name: string;
  readonly user: { readonly exec: object };
}

/** A user whose tokens come from `aml-auth token`, as client-go runs it (client.authentication.k8s.io/v1). */
export function execUser({
  user,
  scope,
  account,
}: Pick<SetupKubectlFlags, 'user' | 'scope' | 'account'>): KubeUser {
  const args = ['token', '--format', 'execcredential', '--scope', scope, '--no-input'];
  return {
    name: user,
    user: {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'aml-auth',
        args: account === undefined ? args : [...args, '--account', account],
        // Nobody is asked in the middle of a call: "aml-auth login" comes before.
        interactiveMode: 'Never',
        provideClusterInfo: false,
        installHint: 'npm install --global @aml-auth/cli, then: aml-auth login',
      },
    },
  };
}

const EMPTY = 'apiVersion: v1\nkind: Config\n';

/**
 * The kubeconfig with the user in it. All else stays as it is written, comments too.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` where the text is no kubeconfig
 */
export function mergeUser(before: string | undefined, wanted: KubeUser, file = 'The kubeconfig'): Merged {
  const source = before === undefined || before.trim() === '' ? EMPTY : before;
  const document = parseKubeconfig(source, file);
  const users: unknown = document.get('users');
  if (!isSeq(users)) {
    document.set('users', document.createNode([wanted]));
    return { text: printed(document, source) };
  }
  const listed = users.items;
  const found = listed.findIndex((item) => isMap(item) && item.get('name') === wanted.name);
  if (found === -1) {
    users.add(document.createNode(wanted));
    // An empty list is written in brackets.
    if (listed.length === 1) users.flow = false;
    return { text: printed(document, source) };
  }
  const { users: known } = document.toJS({ maxAliasCount: 100 }) as { readonly users: readonly unknown[] };
  if (isDeepStrictEqual(known[found], wanted)) return { text: source };
  document.setIn(['users', found, 'user'], document.createNode(wanted.user));
  return { text: printed(document, source), replaces: { entry: wanted.name } };
}

function parseKubeconfig(text: string, file: string): Document {
  const document = parseDocument(text);
  const problem =
    document.errors[0]?.message.split('\n')[0] ??
    (isMap(document.contents) ? unfit(document) : 'It is not a map.');
  if (problem === undefined) return document;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `${file} is not a kubeconfig: ${problem} Nothing was changed.`,
    remedy: 'Name a kubeconfig with --file, or a path where there is no file yet.',
  });
}

function unfit(document: Document): string | undefined {
  const kind = document.get('kind');
  if (kind !== undefined && kind !== 'Config') return `Its kind is ${JSON.stringify(kind)}.`;
  const users: unknown = document.get('users');
  return users === undefined || users === null || isSeq(users) ? undefined : 'Its users are not a list.';
}

/** In the style of what was there: kubectl does not indent lists; long lines, such as certificates, stay lines. */
function printed(document: Document, source: string): string {
  const isIndented = /^(?:clusters|contexts|users):[^\n]*\n+ +-/m.test(source);
  return document.toString({ lineWidth: 0, indentSeq: isIndented, flowCollectionPadding: false });
}
