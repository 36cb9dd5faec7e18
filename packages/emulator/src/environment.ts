import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  allVariables,
  clientVariables,
  type ClientSettings,
  type EmulatorClient,
} from './client-variables.js';
import { closed } from './closed.js';
import type { Directory } from './directory.js';
import { writeTrustFiles, type TrustFiles } from './tls/trust-files.js';

/** What the variables are made from. */
export interface EnvironmentOptions {
  readonly origin: string;
  /** Whether clients go through the emulator as a proxy. */
  readonly proxy: boolean;
  readonly directory: Directory;
  /** PEM. */
  readonly ca: string;
  /** Where the trust files go; default: a private temporary folder. */
  readonly folder: string | undefined;
}

/** Environment variables for child processes, and the files behind them. */
export interface Environment {
  readonly env: (appName?: string) => Record<string, string>;
  readonly clientEnv: (client: EmulatorClient, appName?: string) => Record<string, string>;
  /** Removes the temporary folder. From now on there are no variables, because their files are gone. */
  readonly dispose: () => void;
}

/** Writes no file before the variables are asked for. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const { origin, proxy, directory, ca, folder } = options;
  let temporary: string | undefined;
  let files: TrustFiles | undefined;
  let isOver = false;

  function temporaryFolder(): string {
    return (temporary ??= mkdtempSync(join(tmpdir(), 'aml-auth-emulator-')));
  }

  function trustFiles(): TrustFiles {
    return (files ??= writeTrustFiles(ca, ownFolder()));
  }

  /** What proxy mode puts down lies apart: another authority than that of the folder may sign there. */
  function ownFolder(): string {
    if (folder === undefined) return temporaryFolder();
    return proxy ? join(folder, 'proxy') : folder;
  }

  /** Certificate and private key in one file, as Azure's libraries read it. Never kept: it is new in every run. */
  function certificateVariables(name: string): Record<string, string> {
    const { clientId, certificate } = directory.app(name);
    if (certificate === undefined) return {};
    const path = join(temporaryFolder(), `${clientId}.pem`);
    writeFileSync(path, `${certificate.privateKey.trim()}\n${certificate.pem.trim()}\n`, { mode: 0o600 });
    return { AZURE_CLIENT_CERTIFICATE_PATH: path };
  }

  function settings(appName = directory.firstApp): ClientSettings {
    if (isOver) throw closed('writes no files for clients');
    return {
      origin,
      proxy,
      files: trustFiles(),
      get azureConfigDir() {
        return azureConfigDir();
      },
      identity:
        appName === undefined
          ? { AZURE_TENANT_ID: directory.tenant().id }
          : { ...appVariables(directory, appName), ...certificateVariables(appName) },
      workspace: workspaceVariables(directory),
    };
  }

  function azureConfigDir(): string {
    const path = join(ownFolder(), 'azure');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }

  return {
    env(appName) {
      const all = settings(appName);
      if (proxy) return { ...allVariables(all) };
      return { ...clientVariables('node', all), ...clientVariables('python', all) };
    },
    clientEnv: (client, appName) => ({ ...clientVariables(client, settings(appName)) }),
    dispose() {
      isOver = true;
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
      temporary = undefined;
      files = undefined;
    },
  };
}

function appVariables(directory: Directory, name: string): Record<string, string> {
  const { tenantId, clientId, secret } = directory.app(name);
  return {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    ...(secret === undefined ? {} : { AZURE_CLIENT_SECRET: secret }),
  };
}

function workspaceVariables(directory: Directory): Record<string, string> {
  try {
    const { subscriptionId, resourceGroup, name } = directory.workspace();
    return {
      AZUREML_ARM_SUBSCRIPTION: subscriptionId,
      AZUREML_ARM_RESOURCEGROUP: resourceGroup,
      AZUREML_ARM_WORKSPACE_NAME: name,
    };
  } catch {
    // A cloud without a workspace has no such variables.
    return {};
  }
}
