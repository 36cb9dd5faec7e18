import { policyReach } from './policy-reach.js';
import type { ConditionalAccessPolicy, PolicySelection } from './policy.js';

const CONTROLS: Readonly<Record<string, string>> = {
  mfa: 'multi-factor authentication',
  compliantDevice: 'a device that complies with the policy of the tenant',
  domainJoinedDevice: 'a device that has joined the domain',
  approvedApplication: 'an approved application',
  compliantApplication: 'an application with a protection policy',
  passwordChange: 'a change of the password',
  termsOfUse: 'acceptance of the terms of use',
};

const STATES: Readonly<Record<ConditionalAccessPolicy['state'], string>> = {
  enabled: 'is enforced',
  reportOnly: 'is reported and not enforced',
  disabled: 'is switched off',
};

/** What a policy lets pass, in words: `multi-factor authentication and a sign-in every 4 hours`. */
export function demandsOf({ controls, operator, signInFrequency }: ConditionalAccessPolicy): string {
  if (controls.includes('block')) return 'no sign-in at all';
  const words = controls.map(
    (control) =>
      CONTROLS[control] ?? control.replace('authenticationStrength: ', 'the authentication strength '),
  );
  const joined = words.join(operator === 'AND' ? ' and ' : ' or ');
  const every =
    signInFrequency === 'every time' ? 'a sign-in every time' : `a sign-in every ${signInFrequency ?? ''}`;
  const parts = [joined, signInFrequency === undefined ? '' : every].filter((text) => text !== '');
  return parts.length === 0 ? 'nothing that stands in the way of a sign-in' : parts.join(', and ');
}

/** A policy as lines of text: what it is for, whom, and what it wants. */
export function describePolicy(policy: ConditionalAccessPolicy): readonly string[] {
  const { reaches, why } = policyReach(policy);
  const who = [
    subject('users', policy.users),
    subject('groups', policy.groups),
    subject('directory roles', policy.roles),
    subject('service principals', policy.servicePrincipals),
    policy.namesGuests ? 'guests are told apart' : '',
  ].filter((text) => text !== '');
  return [
    `${policy.displayName} (${policy.id}) ${STATES[policy.state]}.`,
    `Azure Machine Learning: ${reaches}. ${why}`,
    `For: ${who.length === 0 ? 'nobody' : who.join('; ')}.`,
    policy.controls.includes('block')
      ? 'Blocks every sign-in that it applies to.'
      : `Wants: ${demandsOf(policy)}.`,
  ];
}

function subject(kind: string, { include, exclude }: PolicySelection): string {
  if (include.length === 0 && exclude.length === 0) return '';
  const without = exclude.length === 0 ? '' : `, without ${exclude.join(', ')}`;
  return `${kind} ${include.length === 0 ? 'none' : include.join(', ')}${without}`;
}
