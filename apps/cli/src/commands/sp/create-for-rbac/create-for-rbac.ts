import { resolve } from 'node:path';
import { AmlAuthError, type Cloud } from '@aml-auth/core';
import { parseScope } from '@aml-auth/permissions';
import {
  createForRbac,
  formatForRbac,
  formatSdkAuth,
  type CreatedForRbac,
  type CredentialRequest,
  type ForRbacProgress,
} from '@aml-auth/rbac';
import type { CliContext } from '../../../context.js';
import { withSecretFile, type SecretFile } from '../../../files/secret-file.js';
import { present } from '../../../output/present.js';
import { startProgress, type Progress } from '../../../output/progress.js';
import { openClients, type OpenClients } from '../../../settings/open-clients.js';
import { required, subscriptionOf } from '../../../settings/workspace-flags.js';
import { workspaceScope } from '../../../settings/workspace-scope.js';
import { credentialRequest } from '../credential-request.js';
import { secretOf } from '../credential-view.js';
import { readCertificate } from '../read-certificate.js';
import type { CreateForRbacFlags } from './command.js';
import { wantedApplication } from './wanted-application.js';

/** Runs `aml-auth sp create-for-rbac`. */
export async function createSp(context: CliContext, flags: CreateForRbacFlags): Promise<void> {
  const application = wantedApplication(flags);
  const credential = wantedCredential(flags, await readCertificate(context, flags));
  const known = await openClients(context, flags);
  const scopes = scopesOf(flags, known);
  const [first] = scopes;
  const subscriptionId =
    (first === undefined ? undefined : parseScope(first).subscriptionId) ?? subscriptionOf(flags, known);
  // What the output needs is asked for before anything is made: the secret is told only once.
  if (flags.sdkAuth) required(subscriptionId, 'subscription', 'Give it with --subscription.');
  await withSecretFile(context.cwd, flags.credentialFile, async (file) => {
    const created = await create(context, known, {
      application,
      credential,
      role: flags.role,
      scopes,
      subscriptionId,
    });
    await tell(context, flags, { created, cloud: known.cloud, file });
  });
}

function wantedCredential(flags: CreateForRbacFlags, certificate: string | undefined): CredentialRequest {
  if (!flags.sdkAuth) return credentialRequest(flags, certificate);
  const { credential, github, issuer, subject } = flags;
  const isFederated = [github, issuer, subject].some((flag) => flag !== undefined);
  if (!isFederated && credential !== 'federated') {
    const usual = certificate === undefined ? 'secret' : 'certificate';
    return credentialRequest({ ...flags, credential: credential ?? usual }, certificate);
  }
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: '--sdk-auth has no place for a federated credential.',
    remedy: 'Leave out --sdk-auth: client id, tenant id and subscription id are all that is needed.',
  });
}

function scopesOf(flags: CreateForRbacFlags, known: OpenClients): readonly string[] {
  if (flags.scopes !== undefined || flags.role === undefined) return flags.scopes ?? [];
  return [workspaceScope(flags, flags.workspace, known)];
}

async function create(
  context: CliContext,
  { graph, arm }: OpenClients,
  options: Omit<Parameters<typeof createForRbac>[1], 'arm' | 'onProgress' | 'signal'>,
): Promise<CreatedForRbac> {
  const progress = startProgress(context, context.messages.say.waiting());
  try {
    return await createForRbac(graph, {
      arm,
      ...options,
      signal: context.signal,
      onProgress: (event) => {
        report(context, progress, event);
      },
    });
  } finally {
    progress.stop();
  }
}

function report({ process, messages }: CliContext, progress: Progress, event: ForRbacProgress): void {
  if (event.event === 'step') progress.update(`${event.step} …`);
  else if (event.event === 'waiting') progress.update(`${messages.say.waiting()} (${event.for})`);
  else {
    const { message, remedy } = event.warning;
    progress.stop();
    process.stderr.write(`${messages.say.warning(message, remedy)}\n`);
  }
}

interface Told {
  readonly created: CreatedForRbac;
  readonly cloud: Cloud;
  readonly file: SecretFile | undefined;
}

async function tell(context: CliContext, flags: CreateForRbacFlags, told: Told): Promise<void> {
  const { created, cloud, file } = told;
  const { stdout, stderr } = context.process;
  const { say } = context.messages;
  const secret = secretOf(created.credential);
  const own = flags.certificate === undefined ? undefined : resolve(context.cwd, flags.certificate);
  const certificateFile = file?.path ?? own;
  const isSecret = created.credential.kind === 'secret';
  const sdkAuth = flags.sdkAuth ? formatSdkAuth(created, { cloud, certificateFile }) : undefined;
  if (file !== undefined && secret !== undefined) {
    await file.write(isSecret ? (sdkAuth ?? secret) : secret);
    stderr.write(`${say.written(file.path)}\n`);
  } else if (isSecret) {
    stderr.write(`${say.secretPrinted()}\n`);
  }
  if (sdkAuth !== undefined && !(isSecret && file !== undefined)) {
    stdout.write(`${sdkAuth}\n`);
    return;
  }
  const plain = JSON.parse(formatForRbac(created, { cloud, certificateFile })) as Record<string, string>;
  const value =
    isSecret && file !== undefined ? { ...plain, password: null, credentialFile: file.path } : plain;
  await present(context, flags, value, () => ({ record: value }));
}
