import type { Cloud, Credential } from '@aml-auth/core';
import { chain } from '../chains/chain.js';
import { fromBrowser } from '../browser/from-browser.js';
import type { CredentialOptions } from '../credential-options.js';
import { fromDeviceCode } from '../device-code/from-device-code.js';
import type { DeviceCodePrompt } from '../device-code/parse-device-code.js';
import { cloudOf } from './cloud-of.js';

/** Options of {@link interactiveLoginAuthentication}. */
export interface InteractiveLoginOptions extends Omit<CredentialOptions, 'cloud' | 'tokenStore'> {
  /** `tenant_id` of azureml-core. Default: the account's own tenant. */
  readonly tenantId?: string | undefined;
  /** `force` of azureml-core: the person has to sign in anew, even where the browser knows them. Default `false`. */
  readonly force?: boolean | undefined;
  /** `cloud` of azureml-core: a name, or a cloud. Default: the public one. */
  readonly cloud?: Cloud | string | undefined;
  /** Opens the address. Default: the browser of this machine. */
  readonly openBrowser?: ((url: string) => unknown) | undefined;
  /** Shows the code, where there is no browser. Default: a line on stderr. */
  readonly onPrompt?: ((prompt: DeviceCodePrompt) => unknown) | undefined;
}

/**
 * What `InteractiveLoginAuthentication` of azureml-core does: the browser of this machine, and where there is
 * none a code for another device. The same as
 * `chain(fromBrowser({ tenantId }), fromDeviceCode({ tenantId, onPrompt }))`.
 *
 * @throws {AmlAuthError} `AML_CONFIG_INVALID` for a malformed option
 */
export function interactiveLoginAuthentication(options: InteractiveLoginOptions = {}): Credential {
  const { force = false, openBrowser, onPrompt = showOnStderr, cloud, ...rest } = options;
  const person = { ...rest, cloud: cloudOf(cloud) };
  return chain(
    fromBrowser({ ...person, openBrowser, prompt: force ? 'login' : undefined }),
    fromDeviceCode({ ...person, onPrompt }),
  );
}

function showOnStderr({ message }: DeviceCodePrompt): void {
  process.stderr.write(`${message}\n`);
}
