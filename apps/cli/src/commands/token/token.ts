import { AmlAuthError, defaultScope, type AccessToken } from '@aml-auth/core';
import type { CliContext } from '../../context.js';
import { present } from '../../output/present.js';
import { parseDuration } from '../../settings/parse-duration.js';
import { signIn } from '../../settings/sign-in.js';
import { subscriptionOf } from '../../settings/workspace-flags.js';
import type { TokenFlags } from './command.js';
import { TOKEN_LINES, TOKEN_OBJECTS, type ShapedToken, type TokenFormat } from './token-formats.js';

/** Runs `aml-auth token`. */
export async function token(context: CliContext, flags: TokenFlags): Promise<void> {
  const { stdout, env } = context.process;
  const minLifeMs = flags.minTtl === undefined ? 0 : parseDuration(flags.minTtl);
  if (flags.scope !== undefined && flags.resource !== undefined) {
    throw new AmlAuthError({
      code: 'AML_CONFIG_INVALID',
      message: 'Both --scope and --resource are given.',
      remedy: 'Give one of them.',
    });
  }
  const known = await signIn(context, flags, minLifeMs);
  const { credential, cloud } = known;
  const scope = flags.scope ?? defaultScope(flags.resource ?? cloud.machineLearning.audience);
  const found = await credential.getToken(scope, { abortSignal: context.signal });
  requireLife(found, minLifeMs);
  const { tenantId } = credential.describe();
  const shaped: ShapedToken = { token: found, scope, tenantId, subscription: subscriptionOf({}, known) };

  const structured = flags.output !== undefined || flags.query !== undefined;
  const format: TokenFormat = flags.format ?? (structured ? 'json' : 'raw');
  const line = TOKEN_LINES[format];
  if (line !== undefined) {
    if (structured) throw noObject(format);
    stdout.write(`${line(shaped)}\n`);
    return;
  }
  const object = await objectOf(format, shaped, { clientId: credential.describe().clientId }, env);
  const { output = 'json', query } = flags;
  await present(context, { output, query }, object, () => ({
    record: { ...object },
  }));
}

async function objectOf(
  format: TokenFormat,
  shaped: ShapedToken,
  { clientId }: { readonly clientId: string | undefined },
  env: CliContext['process']['env'],
): Promise<object> {
  if (format === 'azcli' || format === 'azd' || format === 'execcredential') {
    return TOKEN_OBJECTS[format](shaped, env['KUBERNETES_EXEC_INFO']);
  }
  if (format !== 'adal') return TOKEN_OBJECTS.json(shaped);
  const { adalObject } = await import('./adal-object.js');
  return adalObject(shaped, clientId);
}

function requireLife({ expiresOnTimestamp }: AccessToken, minLifeMs: number): void {
  const leftMs = expiresOnTimestamp - Date.now();
  if (leftMs >= minLifeMs) return;
  throw new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `A new token lives for ${Math.floor(leftMs / 60_000)} minutes, which is less than --min-ttl wants.`,
    remedy: 'Give a shorter time.',
  });
}

function noObject(format: TokenFormat): AmlAuthError {
  return new AmlAuthError({
    code: 'AML_CONFIG_INVALID',
    message: `--format ${format} prints lines, which --output and --query cannot shape.`,
    remedy: 'Leave them out, or choose the format json.',
  });
}
