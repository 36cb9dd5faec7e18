import { AmlAuthError } from '@aml-auth/core';
import {
  githubFederation,
  type CertificateRequest,
  type CredentialRequest,
  type FederatedCredentialRequest,
  type SecretRequest,
} from '@aml-auth/rbac';
import type { CredentialFlags, KeyFlags } from './credential-flags.js';

/**
 * The credential that the options describe.
 *
 * @param certificate - what the file of `--certificate` holds
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for options that do not go together
 */
export function credentialRequest(flags: CredentialFlags, certificate?: string): CredentialRequest {
  const { github, issuer, subject, credential, branch, tag, environment, pullRequest } = flags;
  const runs = [branch, tag, environment, pullRequest ? 'pull requests' : undefined];
  const isFederated = [github, issuer, subject].some((flag) => flag !== undefined);
  if (!isFederated && runs.some((flag) => flag !== undefined)) {
    throw invalid('Runs of GitHub Actions are named, and no repository.', 'Give --github owner/repository.');
  }
  if (credential !== 'federated' && !isFederated) return keyRequest(flags, certificate);
  const isKey = [flags.certificate, flags.credentialFile, flags.days].some((flag) => flag !== undefined);
  if (isKey || (credential !== undefined && credential !== 'federated')) {
    throw invalid(
      'A federated credential has no key, no file and no end.',
      'Leave --github, --issuer and --subject out, or --credential, --certificate, --credential-file and --days.',
    );
  }
  return federatedRequest(flags);
}

/**
 * The secret or certificate that the options describe.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID`
 */
export function keyRequest(flags: KeyFlags, certificate?: string): SecretRequest | CertificateRequest {
  const { credential, credentialName: displayName, days: lifetimeDays, credentialFile } = flags;
  if (credential === 'federated') {
    throw invalid('A federated credential is not meant here.', 'Give --credential certificate or secret.');
  }
  if (credential === 'secret') {
    if (certificate === undefined) return { kind: 'secret', displayName, lifetimeDays };
    throw invalid('A secret has no certificate.', 'Leave out --certificate, or --credential secret.');
  }
  if (certificate !== undefined) {
    if (credentialFile === undefined && lifetimeDays === undefined) {
      return { kind: 'certificate', certificate, displayName };
    }
    throw invalid(
      'A certificate of yours has its own end, and its private key stays where it is.',
      'Leave out --credential-file and --days.',
    );
  }
  if (credentialFile === undefined) {
    throw invalid(
      'A new certificate has a private key, and no file was given for it.',
      'Give --credential-file, or another credential: --github owner/repository, --credential secret.',
    );
  }
  return { kind: 'certificate', displayName, lifetimeDays };
}

function federatedRequest(flags: CredentialFlags): FederatedCredentialRequest {
  const { github, issuer, subject, branch, tag, environment, pullRequest, credentialName: name } = flags;
  if (github !== undefined) {
    if (issuer !== undefined || subject !== undefined) {
      throw invalid('--github names issuer and subject.', 'Leave out --issuer and --subject.');
    }
    const [owner = '', repository = '', ...more] = github.split('/');
    if (more.length > 0) throw invalid(`${github} is no repository.`, 'Give --github owner/repository.');
    const pulls = pullRequest ? { pullRequest: true as const } : {};
    return { ...githubFederation({ owner, repository, branch, tag, environment, ...pulls }), name };
  }
  if (issuer === undefined || subject === undefined) {
    throw invalid('A federated credential needs an issuer and a subject.', 'Give both, or --github.');
  }
  return { kind: 'federated', issuer, subject, name };
}

function invalid(message: string, remedy: string): AmlAuthError {
  return new AmlAuthError({ code: 'AML_CONFIG_INVALID', message, remedy });
}
