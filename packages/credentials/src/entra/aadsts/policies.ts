import { interaction, settings, type AadstsTable } from './aadsts-facts.js';

const MFA =
  'Sign in in a browser and pass multi-factor authentication: "aml-auth login", or fromBrowser() in a program.';
const POLICY =
  'Ask the administrator of the tenant for an exception; the sign-in log, or "aml-auth ca why", names the policy.';

/** What policies of the tenant want, or forbid. */
export const POLICIES: AadstsTable = {
  50005: interaction(
    'The device runs a system that the policy of the tenant does not know.',
    'A Conditional Access policy lists the systems that may sign in.',
    'Sign in from a supported device, or ask the administrator of the tenant.',
  ),
  50072: interaction(
    'The person has to enrol in multi-factor authentication.',
    'A policy wants it, or the sign-in comes from a new place.',
    'Enrol in multi-factor authentication at https://aka.ms/mfasetup, then sign in again.',
  ),
  50074: interaction(
    'Multi-factor authentication is needed.',
    'A policy wants a second factor for this resource.',
    MFA,
  ),
  50076: interaction(
    'Multi-factor authentication is needed.',
    'A policy of the tenant, or a sign-in from a new place.',
    MFA,
  ),
  50079: interaction(
    'The person has to enrol in multi-factor authentication.',
    'A policy of the tenant, or a sign-in from a new place.',
    'Enrol in multi-factor authentication at https://aka.ms/mfasetup, then sign in again.',
  ),
  50097: interaction(
    'The device has to prove itself.',
    'A policy lets in only devices that are known to the tenant.',
    'Sign in in a browser on a device that is known to the tenant.',
  ),
  50125: interaction(
    'The sign-in stopped at the registration for password reset.',
    'The tenant wants people to register for it.',
    'Sign in in a browser and finish the registration.',
  ),
  50129: interaction(
    'The device has not joined the tenant.',
    'A policy lets in only such devices.',
    'Sign in from a device that has joined the tenant.',
  ),
  50131: interaction(
    'A Conditional Access policy refuses the sign-in.',
    'A suspicious request, a place, or the state of the device.',
    POLICY,
  ),
  50142: interaction(
    'The password has to be changed.',
    'A Conditional Access policy sees a risk.',
    'Change the password at https://myaccount.microsoft.com, then sign in again.',
  ),
  50158: interaction(
    'An external security challenge is not met.',
    'A policy hands over to another product for the second factor.',
    'Sign in in a browser and meet the challenge of that product.',
  ),
  50187: interaction(
    'The device gave no information about itself.',
    'A policy lets in only known devices.',
    'Sign in in a browser on a device that is known to the tenant.',
  ),
  53000: interaction(
    'The device does not comply with the policy of the tenant.',
    'A Conditional Access policy wants a managed device.',
    'Sign in from a device that complies with the policy of the tenant.',
  ),
  53001: interaction(
    'The device has not joined the domain.',
    'A Conditional Access policy wants a joined device.',
    'Sign in from a device that has joined the tenant.',
  ),
  53002: interaction(
    'The application is not on the list of approved ones.',
    'A Conditional Access policy lets in approved applications only.',
    'Sign in with the Azure CLI or another approved application, or ask the administrator.',
  ),
  53003: interaction(
    'A Conditional Access policy blocks the sign-in.',
    'The place, the device, the application or the flow: many tenants block device codes.',
    POLICY,
  ),
  53004: interaction(
    'The person must enrol in multi-factor authentication, and may not from here.',
    'The sign-in looks risky.',
    'Enrol at https://aka.ms/mfasetup from a known place, or ask the administrator.',
  ),
  53011: interaction(
    'The account is blocked because of risk in its home tenant.',
    'A policy there sees a risk.',
    'Ask the administrator of the home tenant to dismiss the risk.',
  ),
  500021: settings(
    'The network lets people sign in to certain tenants only.',
    'Tenant restrictions of a company proxy.',
    ({ tenantId }) => `Sign in from another network, or ask its administrator to allow tenant ${tenantId}.`,
  ),
  500121: interaction(
    'The second factor failed.',
    'It was declined, ran out of time, or a wrong code was entered.',
    'Sign in again, and approve it in time.',
  ),
  530032: interaction(
    'A security policy blocks the sign-in.',
    'The tenant has a policy against this kind of sign-in.',
    POLICY,
  ),
  530035: interaction(
    'Security defaults block the sign-in.',
    'The tenant refuses old kinds of sign-in, such as user name and password.',
    'Sign in in a browser, or as a service principal.',
  ),
};
