import { get } from './api.js';
import { byId, h, table } from './dom.js';
import { dateTime } from './format.js';

const EVENTS = {
  interactiveUser: 'user',
  nonInteractiveUser: 'user, not interactive',
  servicePrincipal: 'application',
  managedIdentity: 'managed identity',
};

const RESULTS = {
  success: 'ok',
  reportOnlySuccess: 'ok',
  failure: 'bad',
  reportOnlyFailure: 'warn',
  reportOnlyInterrupted: 'warn',
};

let shown = '';

/** The sign-in log: who signed in where, and what each Conditional Access policy said. */
export async function showSignIns() {
  const { value } = await get('sign-ins');
  // What a person selects on the page stays while nothing is new.
  const newest = `${value[0]?.id} ${value.length}`;
  if (shown === newest) return;
  shown = newest;
  byId('view-signins').replaceChildren(
    h(
      'article.card',
      {},
      h('h2', {}, 'Sign-ins', h('span.count', {}, value.length)),
      value.length === 0
        ? h('p.none', {}, 'Nobody has signed in yet.')
        : table(
            ['Time', 'Who', 'Application', 'Resource', 'Result', 'Conditional Access'],
            value.map(signInRow),
          ),
    ),
  );
}

function signInRow({ createdAt, event, user, servicePrincipal, appDisplayName, resource, ...more }) {
  const { errorCode, failureReason, policies } = more;
  return [
    h('time', {}, dateTime(createdAt)),
    [user?.userPrincipalName || servicePrincipal?.name || 'unknown', h('span.chip', {}, EVENTS[event])],
    appDisplayName,
    resource?.name ?? '',
    errorCode === 0
      ? h('span.chip.ok', {}, 'success')
      : h('span.chip.bad', { title: failureReason }, `AADSTS${errorCode}`),
    policies
      .filter(({ result }) => Object.hasOwn(RESULTS, result))
      .map(({ displayName, result }) => h(`span.chip.${RESULTS[result]}`, { title: result }, displayName)),
  ];
}
