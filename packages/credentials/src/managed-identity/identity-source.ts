import type { TokenRequest } from '@aml-auth/core';
import type { AcquireTools } from '../lib/create-credential.js';
import type { IncomingReply } from '../lib/http/sender.js';
import type { Environment } from '../lib/settings.js';
import type { IdentitySelector } from './selector.js';

/** A place that gives tokens of a managed identity. */
export interface IdentitySource {
  /** Its name, for people. */
  readonly name: string;
  /** The client id that the token must carry, where the source knows it. */
  readonly expectedClientId?: string | undefined;
  /** True where a token of a person is never what was asked for. */
  readonly neverAPerson?: boolean | undefined;
  /** Asks for a token for the resource. The reply is read elsewhere. */
  readonly ask: (
    resource: string,
    tools: AcquireTools,
    request: Pick<TokenRequest, 'enableCae' | 'refused'>,
  ) => Promise<IncomingReply>;
}

/** What a source is looked for with. */
export interface SourceContext {
  readonly env: Environment;
  readonly selector: IdentitySelector;
  /** Lets endpoints outside this machine be asked. */
  readonly allowRemoteEndpoint: boolean;
}

/** Gives the source where the environment shows it, and undefined elsewhere. Makes no request. */
export type FindSource = (context: SourceContext) => IdentitySource | undefined;
