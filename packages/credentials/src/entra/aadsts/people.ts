import { interaction, rejected, settings, type AadstsTable } from './aadsts-facts.js';

const SIGN_IN = 'Sign in again in a browser: "aml-auth login", or fromBrowser() in a program.';

/** Accounts, passwords and sessions of people. */
export const PEOPLE: AadstsTable = {
  16000: interaction(
    'Several accounts are signed in, and none was chosen.',
    'The browser knows more than one account.',
    'Sign in with fromBrowser({ prompt: "select_account" }), and choose the account on the page.',
  ),
  50020: rejected(
    'The account is from another directory and is not a guest of this tenant.',
    'A personal account, or one of another company, signs in to a tenant that has not invited it.',
    ({ tenantId }) =>
      `Sign in with an account of tenant ${tenantId}, or let its administrator invite this one as a guest.`,
  ),
  50034: rejected(
    'The account does not exist in this tenant.',
    'The user name is misspelt, or belongs to another tenant.',
    ({ tenantId }) => `Check the spelling of the user name, and whether it is one of tenant ${tenantId}.`,
  ),
  50053: rejected(
    'The account is locked, or the address that it signs in from is blocked.',
    'Too many attempts with a wrong password.',
    'Wait some minutes before the next attempt, or reset the password at https://aka.ms/sspr.',
  ),
  50055: interaction(
    'The password has expired.',
    'The tenant wants passwords to be changed from time to time.',
    'Set a new password at https://myaccount.microsoft.com, then sign in again.',
  ),
  50056: rejected(
    'The account has no password here, or a wrong one was given.',
    'The password lives in another directory that was not asked.',
    'Sign in in a browser, or set a password at https://myaccount.microsoft.com.',
  ),
  50057: rejected(
    'The account is disabled.',
    'An administrator has disabled it, often when somebody left.',
    'Let an administrator of the tenant enable the account.',
  ),
  50058: interaction(
    'Nobody is signed in, and the request did not allow to ask.',
    'The session cookie did not come along: third-party cookies are blocked, or the browser was closed in between.',
    'Sign in in a browser; in the studio, allow third-party cookies for login.microsoftonline.com and try again.',
  ),
  50059: settings(
    'Neither the request nor the account says which tenant is meant.',
    'The tenant was left out for an application or account that belongs to one.',
    'Give tenantId: the tenant id or a domain name of it.',
  ),
  50085: interaction(
    'The refresh token needs a sign-in with the social account behind it.',
    'The account is a personal one of another provider.',
    SIGN_IN,
  ),
  50089: interaction('The sign-in took too long.', 'The pages were left open.', 'Start the sign-in again.'),
  50105: rejected(
    'The account is not assigned to the application.',
    'The application lets in only users and groups that are assigned to it.',
    ({ clientId }) =>
      `Let an administrator add the account under "Users and groups" of the enterprise application ${clientId}.`,
  ),
  50126: rejected(
    'The user name or the password is wrong.',
    'A typing error, or an old password.',
    'Check the user name and the password.',
  ),
  50128: settings(
    'The domain is not one of a tenant.',
    'The part of the user name after the @ is misspelt.',
    'Check the part of the user name after the @, or give tenantId.',
  ),
  50132: interaction(
    'The session has ended.',
    'The password was changed, or the session was revoked.',
    SIGN_IN,
  ),
  50133: interaction('The session has been revoked.', 'The password was changed or has expired.', SIGN_IN),
  50140: interaction(
    'The sign-in stopped at the question whether to stay signed in.',
    'The pages were left before the end.',
    'Sign in again, and answer the question.',
  ),
  50143: interaction(
    'The session belongs to another tenant than the one asked for.',
    'The browser is signed in elsewhere.',
    'Sign out in the browser, then sign in again.',
  ),
  50144: interaction(
    'The password in the local directory has expired.',
    'The account is kept in step with a local Active Directory.',
    'Change the password in that Active Directory, or ask its administrator.',
  ),
  50173: interaction(
    'The refresh token is no longer valid: a new sign-in is needed.',
    'The password was changed, or an administrator revoked the sessions.',
    SIGN_IN,
  ),
  50196: interaction(
    'The same request came too often, and was stopped as a loop.',
    'A program asks again and again for a token that is refused.',
    'End the program, wait some minutes, then sign in again; keep one credential object for all calls.',
  ),
  50199: interaction(
    'The person must confirm which application signs in.',
    'A safeguard against tricked sign-ins in embedded browsers.',
    'Sign in again, and confirm the application.',
  ),
  51004: rejected(
    'The account does not exist in this tenant.',
    'It was deleted, or is a guest that was never invited.',
    'Check the account; let an administrator create or invite it.',
  ),
  54005: interaction(
    'The authorization code has been used already.',
    'The answer of the browser was handled twice.',
    'Start the sign-in again.',
  ),
  65004: interaction(
    'The person declined what the application asks for.',
    'Cancel was chosen on the page of consent.',
    'Sign in again, and accept what the application asks for.',
  ),
  70000: interaction(
    'The refresh token or code is not valid.',
    'It was revoked, replaced by a newer one, or belongs to another application.',
    SIGN_IN,
  ),
  70008: interaction(
    'The refresh token or code has expired.',
    'It was not used for a long time, or a policy limits sessions.',
    SIGN_IN,
  ),
  70018: interaction(
    'The code that was entered is not one that a device shows.',
    'A typing error, or a code that was used already.',
    'Start again and enter the new code.',
  ),
  70019: interaction(
    'The code of the device has expired.',
    'Nobody entered it within its time.',
    'Start again and enter the new code.',
  ),
  70043: interaction(
    'The session is older than the tenant allows.',
    'A Conditional Access policy limits how long a sign-in lasts.',
    SIGN_IN,
  ),
  70044: interaction(
    'The session is older than the tenant allows.',
    'A Conditional Access policy limits how long a sign-in lasts.',
    SIGN_IN,
  ),
  90072: rejected(
    'The account is from another directory and cannot pass the second factor of this tenant.',
    'It is no guest of the tenant.',
    ({ tenantId }) => `Let the administrator of tenant ${tenantId} invite the account as a guest.`,
  ),
  500571: rejected(
    'The guest account is disabled.',
    'An administrator has disabled it.',
    'Let an administrator of the tenant enable the guest account.',
  ),
  700082: interaction('The refresh token has expired.', 'It was not used for 90 days.', SIGN_IN),
  700084: interaction(
    'The refresh token has expired.',
    'It was given to a page in a browser, where it lasts a day.',
    SIGN_IN,
  ),
};
