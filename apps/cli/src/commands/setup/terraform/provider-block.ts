/** What the provider is told in its block. */
export interface ProviderFacts {
  readonly subscription: string;
  readonly tenant: string | undefined;
}

/**
 * The program that Terraform is run by. The provider speaks the protocol of virtual machines; where the endpoint is
 * differs from run to run, so it cannot stand in a file. It looks at its own token for Microsoft Graph first, and
 * reads the older name of the Azure Resource Manager in some versions.
 */
export const TERRAFORM_COMMAND = [
  'aml-auth exec --style imds --allow https://graph.microsoft.com --allow https://management.core.windows.net --',
  `sh -c 'ARM_MSI_ENDPOINT="$AZURE_POD_IDENTITY_AUTHORITY_HOST/metadata/identity/oauth2/token" terraform plan'`,
].join(' ');

/** A provider block as `terraform fmt` writes it. */
export function providerBlock({ subscription, tenant }: ProviderFacts): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['use_msi', 'true'],
    ['use_cli', 'false'],
    ['subscription_id', quoted(subscription)],
    ...(tenant === undefined ? [] : [['tenant_id', quoted(tenant)] as const]),
  ];
  const width = Math.max(...pairs.map(([name]) => name.length));
  const settings = pairs.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
  return ['provider "azurerm" {', '  features {}', '', ...settings, '}', ''].join('\n');
}

/** A string of HCL; `${` and `%{` would begin templates. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/([$%])\{/g, '$1$1{');
}

/** Whether a file in the language of Terraform configures the default provider azurerm, outside comments. */
export function hasProviderBlock(text: string): boolean {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*(?:#|\/\/).*$/gm, '');
  return [...code.matchAll(/^\s*provider\s+"?azurerm"?\s*\{([\s\S]*?)^\}/gm)].some(
    ([, body = '']) => !/^\s*alias\s*=/m.test(body),
  );
}
