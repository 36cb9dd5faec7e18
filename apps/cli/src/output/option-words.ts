/**
 * Options of the packages, and the flag by which the command line is told the same. A person who runs a command has no
 * options to give.
 */
export const OPTION_WORDS: Readonly<Record<string, string>> = {
  certificatePassword: '--certificate-password-file',
  certificatePath: '--certificate-file',
  certificateFile: '--certificate-file',
  clientSecret: '--client-secret-file',
  tenantId: '--tenant',
  clientId: '--client-id',
  objectId: '--object-id',
  resourceId: '--resource-id',
  loginHint: '--login-hint',
  authorityHost: '--cloud',
  usGovernmentCloud: '--cloud AzureUSGovernment',
  subscriptionId: '--subscription',
  apiVersion: '--api-version',
  contentType: '--content-type',
  displayName: '--display-name',
  lifetimeDays: '--days',
  principalId: '--assignee',
  roleDefinitionId: '--role',
};

/** Not inside a longer name, an address, a quotation or a piece of code, and not the name of a setting. */
const OPTION = new RegExp(
  `(?<![\\w.'"{/=-]|\\{ |setting )(?:${Object.keys(OPTION_WORDS).join('|')})(?![\\w'"}/=(-]|[.:]\\w)`,
  'g',
);

/** The text with flags in the place of options of the packages. */
export function withFlags(text: string): string {
  return text.replace(OPTION, (option) => OPTION_WORDS[option] ?? option);
}
