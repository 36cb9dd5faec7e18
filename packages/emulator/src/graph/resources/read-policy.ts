import { isObject } from '../../core/json.js';
import { badRequest } from '../graph-refusal.js';
import { requiredText, type GraphBody } from '../read-graph-body.js';

const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'];
const CLIENT_APP_TYPES = [
  'all',
  'browser',
  'mobileAppsAndDesktopClients',
  'exchangeActiveSync',
  'easSupported',
  'other',
];
const CONTROLS = [
  'block',
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
];

/** Properties that the service sets; what a client sends back of them does not count. */
const READ_ONLY = ['id', 'templateId', 'createdDateTime', 'modifiedDateTime'];
const PROPERTIES = ['displayName', 'state', 'conditions', 'grantControls', 'sessionControls'];

/**
 * Reads a Conditional Access policy and checks its main parts. Conditions are kept as they are.
 *
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readPolicy(body: GraphBody): GraphBody {
  const names = Object.keys(body).filter((name) => !READ_ONLY.includes(name) && !name.includes('@odata.'));
  const unknown = names.find((name) => !PROPERTIES.includes(name));
  if (unknown !== undefined) throw invalid(`it has no property '${unknown.slice(0, 200)}'`);
  const displayName = requiredText(body, 'displayName', 256);
  const state = requiredText(body, 'state', 64);
  if (!STATES.includes(state)) throw invalid(`the state must be one of ${STATES.join(', ')}`);
  const { grantControls = null, sessionControls = null } = body;
  if (grantControls === null && sessionControls === null) {
    throw invalid('it needs grantControls or sessionControls');
  }
  if (sessionControls !== null && !isObject(sessionControls))
    throw invalid('sessionControls is not an object');
  checkFrequency(sessionControls?.['signInFrequency'] ?? null);
  return {
    displayName,
    state,
    conditions: readConditions(body['conditions']),
    grantControls: readGrantControls(grantControls),
    sessionControls,
  };
}

function checkFrequency(frequency: unknown): void {
  if (frequency === null) return;
  const {
    frequencyInterval = 'timeBased',
    type,
    value,
    isEnabled = true,
  } = isObject(frequency) ? frequency : {};
  const isTimed = (type === 'hours' || type === 'days') && Number.isInteger(value) && Number(value) > 0;
  if (isEnabled === false || frequencyInterval === 'everyTime' || isTimed) return;
  throw invalid('sessionControls.signInFrequency needs a type of hours or days and a whole number as value');
}

function readConditions(conditions: unknown): GraphBody {
  if (!isObject(conditions)) throw invalid('conditions is not an object');
  const { applications, users, clientApplications = null, clientAppTypes = ['all'] } = conditions;
  if (!isObject(applications)) throw invalid('conditions.applications is missing');
  if (!isObject(users) && !isObject(clientApplications)) {
    throw invalid('conditions needs users, or clientApplications for workload identities');
  }
  if (!isListOf(clientAppTypes, CLIENT_APP_TYPES)) {
    throw invalid(`conditions.clientAppTypes must list some of ${CLIENT_APP_TYPES.join(', ')}`);
  }
  return { ...conditions, clientAppTypes };
}

function readGrantControls(controls: unknown): GraphBody | null {
  if (controls === null) return null;
  if (!isObject(controls)) throw invalid('grantControls is not an object');
  const { operator, builtInControls = [] } = controls;
  if (operator !== 'AND' && operator !== 'OR') throw invalid('grantControls.operator must be AND or OR');
  const hasControl = Array.isArray(builtInControls) && builtInControls.length > 0;
  const hasOther = ['authenticationStrength', 'customAuthenticationFactors', 'termsOfUse'].some(
    (name) => name in controls,
  );
  if (!hasControl && !hasOther) throw invalid('grantControls names no control');
  if (hasControl && !isListOf(builtInControls, CONTROLS)) {
    throw invalid(`grantControls.builtInControls must list some of ${CONTROLS.join(', ')}`);
  }
  return controls;
}

function isListOf(value: unknown, known: readonly string[]): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => known.includes(entry as string));
}

function invalid(problem: string): Error {
  return badRequest(`The conditional access policy is not valid: ${problem}.`);
}
