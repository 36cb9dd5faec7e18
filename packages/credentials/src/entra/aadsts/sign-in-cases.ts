/** Something that a person sees in a browser, mostly without a number. */
export interface SignInCase {
  /** What the person sees, in a sentence. */
  readonly symptom: string;
  /** What is usually behind it, in a sentence. */
  readonly cause: string;
  /** What the person can do, in a sentence. */
  readonly nextStep: string;
  /** Numbers that the page may show. */
  readonly aadsts: readonly number[];
}

/** What keeps people from Azure Machine Learning studio and from sign-in pages, beside refusals with a number. */
export const SIGN_IN_CASES: readonly SignInCase[] = [
  {
    symptom: 'The studio shows "Sign in" again and again, stays empty, or says that cookies are blocked.',
    cause: 'The browser blocks third-party cookies, or a private window keeps none.',
    nextStep:
      'Allow cookies of login.microsoftonline.com and ml.azure.com, also as third-party cookies, or leave the private window; then load the page anew.',
    aadsts: [50058],
  },
  {
    symptom: 'The page signs in the wrong account without a question.',
    cause: 'The browser is signed in with another account.',
    nextStep:
      'Sign out of it, or use fromBrowser({ prompt: "select_account" }) or a window of another profile.',
    aadsts: [16000, 50143],
  },
  {
    symptom: 'You cannot sign in: the account "does not exist in tenant".',
    cause:
      'The workspace is in a tenant that has not invited the account, or the account of another tenant was used.',
    nextStep: 'Choose the tenant of the workspace (tenantId), or let its administrator invite the account.',
    aadsts: [50020, 50034, 51004, 90072],
  },
  {
    symptom: 'You sign in, and the studio lists no workspace.',
    cause: 'The account has no role on the workspace, or another tenant or subscription is selected.',
    nextStep:
      'Select the tenant of the workspace; let an Owner give you a role, as by "aml-auth workspace share".',
    aadsts: [],
  },
  {
    symptom: 'You cannot sign in on this machine, but on another one.',
    cause: 'A policy of the tenant looks at the device, the place or the application.',
    nextStep:
      'Use a device that the tenant knows; "aml-auth ca why", or the sign-in log of the tenant, names the policy.',
    aadsts: [50097, 50129, 53000, 53001, 53002, 53003],
  },
  {
    symptom: 'The page says that an administrator must approve.',
    cause: 'Nobody has consented to the application in this tenant.',
    nextStep:
      'Ask an administrator to consent, or use the client of the Azure CLI, which is the default here.',
    aadsts: [65001, 90094, 90095],
  },
  {
    symptom: 'The sign-in ends on a page that cannot be reached, at http://localhost.',
    cause: 'The browser runs on another machine than the program, or the program has ended.',
    nextStep: 'Use fromDeviceCode() there.',
    aadsts: [],
  },
];
