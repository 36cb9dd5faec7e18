import { AmlAuthError } from '@aml-auth/core';

import type { FederatedCredentialRequest } from './credential-request.js';

/** Which runs of GitHub Actions may sign in: exactly one of environment, branch, tag or pull requests. */
export interface GitHubFederation {
  /** The user or organisation, such as `contoso`. */
  readonly owner: string;
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** Jobs in this environment only. */
  readonly environment?: string | undefined;
  /** Runs of this branch only; without `refs/heads/`. */
  readonly branch?: string | undefined;
  /** Runs of this tag only; without `refs/tags/`. */
  readonly tag?: string | undefined;
  /** True for runs of pull requests, those of forks without secrets among them. */
  readonly pullRequest?: true | undefined;
}

/**
 * Lets runs of GitHub Actions sign in without a secret
 * ([subject claims](https://docs.github.com/actions/reference/security/oidc#example-subject-claims)).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for names that GitHub does not have, and where it is not exactly one of
 *   the four
 */
export function githubFederation(runs: GitHubFederation): FederatedCredentialRequest {
  const { owner, repository, environment, branch, tag, pullRequest } = runs;
  const filters = [
    environment === undefined ? undefined : `environment:${environment}`,
    branch === undefined ? undefined : `ref:refs/heads/${branch}`,
    tag === undefined ? undefined : `ref:refs/tags/${tag}`,
    pullRequest === undefined ? undefined : 'pull_request',
  ].filter((filter) => filter !== undefined);
  const [filter, another] = filters;
  if (
    !/^[\w-]+$/.test(owner) ||
    !/^[\w.-]+$/.test(repository) ||
    filter === undefined ||
    another !== undefined
  ) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The runs of GitHub Actions that may sign in are not told clearly.',
      remedy: 'Give owner, repository, and one of environment, branch, tag and pullRequest.',
    });
  }
  return {
    kind: 'federated',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: `repo:${owner}/${repository}:${filter}`,
  };
}

/** A service account of a Kubernetes cluster. */
export interface KubernetesFederation {
  /** The OIDC issuer of the cluster, as it stands in its tokens. */
  readonly issuer: string;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Its name. */
  readonly serviceAccount: string;
}

/**
 * Lets pods of a service account sign in without a secret
 * ([workload identity](https://learn.microsoft.com/azure/aks/workload-identity-overview)).
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a namespace or service account that Kubernetes would not have; the
 *   issuer is checked where the credential is added
 */
export function kubernetesFederation(account: KubernetesFederation): FederatedCredentialRequest {
  const { issuer, namespace, serviceAccount } = account;
  const isName = (text: string): boolean => /^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(text);
  if (!isName(namespace) || !isName(serviceAccount)) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'The namespace or the service account has no name of Kubernetes.',
      remedy: 'Give both in lower case, as kubectl shows them.',
    });
  }
  return { kind: 'federated', issuer, subject: `system:serviceaccount:${namespace}:${serviceAccount}` };
}
