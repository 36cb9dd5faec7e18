import { get } from './api.js';
import { byId, commandLine, copyButton, facts, h } from './dom.js';
import { CLAIM_GROUPS, claimText, dateTime, duration, pretty, reasonText, statusKind } from './format.js';

let wanted;

/** Shows nothing but what could be shown. */
export function showNothing() {
  byId('detail').replaceChildren(
    h(
      'div.empty',
      {},
      h('h2', {}, 'Choose a request'),
      h('p', {}, 'Its token and the decision that it led to stand side by side here.'),
      h(
        'p.keys',
        {},
        h('kbd', {}, '/'),
        ' filter ',
        h('kbd', {}, '↑'),
        h('kbd', {}, '↓'),
        ' move through the list',
      ),
    ),
  );
}

/**
 * Shows a request.
 *
 * @param {number} sequence
 * @param {() => number} now - the emulator's time
 */
export async function showRequest(sequence, now) {
  wanted = sequence;
  const exchange = await get(`requests/${sequence}`);
  // Another one was chosen meanwhile.
  if (wanted !== sequence) return;
  byId('detail').replaceChildren(
    heading(exchange),
    h('div.columns', {}, tokenPane(exchange, now()), decisionPane(exchange)),
    messages(exchange),
  );
  byId('detail').scrollTop = 0;
}

function heading({ method, path, host, status, at, durationMs, requestId, correlationId, clientRequestId }) {
  const [name, query] = path.split('?', 2);
  return h(
    'header.subject',
    {},
    h(
      'h2',
      {},
      h(`span.status.${statusKind(status)}`, {}, status),
      h('span.method', {}, method),
      h('span.path', {}, name),
    ),
    query === undefined ? null : h('p.query', {}, `?${query}`),
    facts([
      ['Host', host],
      ['At', `${dateTime(at)}, took ${duration(durationMs)}`],
      ['Request id', requestId],
      ['Correlation id', correlationId],
      ['Client request id', clientRequestId],
    ]),
  );
}

function tokenPane({ token, issued }, now) {
  const shown = token ?? issued;
  const title = token === undefined && issued !== undefined ? 'Token that was issued' : 'Token that was sent';
  return h(
    'section.pane',
    { 'aria-label': title },
    h('h3', {}, title),
    shown === undefined
      ? h('p.none', {}, 'No token.')
      : [
          groups(shown.claims, now),
          h(
            'details',
            {},
            h('summary', {}, 'As JSON'),
            h('pre', {}, JSON.stringify({ header: shown.header, claims: shown.claims }, null, 2)),
          ),
          h('p.note', {}, 'Its signature is not shown.'),
        ],
  );
}

function groups(claims, now) {
  const grouped = new Set(CLAIM_GROUPS.flatMap(([, names]) => names));
  const rest = Object.keys(claims).filter((name) => !grouped.has(name));
  return [...CLAIM_GROUPS, ['Other', rest]].flatMap(([title, names]) => {
    const here = names.filter((name) => Object.hasOwn(claims, name));
    if (here.length === 0) return [];
    return [h('h4', {}, title), facts(here.map((name) => [name, claimText(name, claims[name], now)]))];
  });
}

function decisionPane(exchange) {
  const { decision, errorCode, fault, rbac, conditionalAccess, advice, status } = exchange;
  return h(
    'section.pane',
    { 'aria-label': 'Decision' },
    h('h3', {}, 'Decision'),
    verdict(exchange),
    fault === undefined ? null : h('p', {}, 'The fault ', h('code', {}, fault), ' happened.'),
    rbac === undefined ? null : rbacFacts(rbac),
    advice.length === 0 ? null : adviceList(advice),
    conditionalAccess === undefined ? null : policies(conditionalAccess),
    decision === undefined || rbac !== undefined || conditionalAccess !== undefined
      ? null
      : facts(decision.split('; ').map((part) => split(part))),
    decision === undefined && errorCode === undefined && status < 400 && rbac === undefined
      ? h('p.none', {}, 'Nothing had to be decided.')
      : null,
  );
}

function split(part) {
  const at = part.indexOf('=');
  return at < 0 ? ['verdict', part] : [part.slice(0, at), part.slice(at + 1)];
}

function verdict({ status, errorCode, rbac, conditionalAccess }) {
  if (rbac?.verdict === 'refused') return h('p.verdict.bad', {}, 'Refused by Azure RBAC');
  if (errorCode !== undefined) return h('p.verdict.bad', {}, `Refused: ${errorCode}`);
  if (rbac?.verdict === 'allowed') return h('p.verdict.ok', {}, 'Allowed by Azure RBAC');
  if (conditionalAccess !== undefined) return h('p.verdict.ok', {}, 'Granted');
  return status >= 400 ? h('p.verdict.bad', {}, `Status ${status}`) : null;
}

function rbacFacts({ verdict: result, action, scope, role, assignment, through, reason, denyAssignment }) {
  return facts([
    ['Action', h('code', {}, action)],
    ['Scope', h('code', {}, scope)],
    ['Deny assignment', denyAssignment],
    denyAssignment !== undefined || result === 'allowed'
      ? ['Role', role]
      : ['Nearest role', role === undefined ? 'none' : `${role} ${reasonText(reason)}`],
    ['Assignment', assignment === undefined ? undefined : h('code', {}, assignment)],
    ['Through groups', through?.length > 0 ? through.join(', ') : undefined],
  ]);
}

function adviceList([best, ...others]) {
  return [
    h('h4', {}, 'What would allow it'),
    adviceEntry(best),
    others.length === 0
      ? null
      : h('details', {}, h('summary', {}, `${others.length} wider`), others.map(adviceEntry)),
  ];
}

function adviceEntry({ role, changesAccess, command }) {
  return h(
    'div.advice',
    {},
    h(
      'p',
      {},
      h('strong', {}, role),
      changesAccess ? h('span.chip.warn', {}, 'can also assign roles') : null,
    ),
    commandLine(command.replaceAll(' --', ' \\\n  --')),
  );
}

function policies({ evaluation }) {
  const { outcomes } = evaluation;
  const kinds = { satisfied: 'ok', unsatisfied: 'warn', blocked: 'bad' };
  return [
    h('h4', {}, 'Conditional Access'),
    outcomes.length === 0
      ? h('p.none', {}, 'No policy applies.')
      : h(
          'ul.policies',
          {},
          outcomes.map(({ name, result, missing, reportOnly }) =>
            h(
              'li',
              {},
              h(`span.chip.${kinds[result]}`, {}, result),
              ` ${name}`,
              missing.length > 0 ? `: wants ${missing.join(', ')}` : null,
              reportOnly ? h('span.chip', {}, 'report only') : null,
            ),
          ),
        ),
  ];
}

function messages({ form, request, response }) {
  return h(
    'div.messages',
    {},
    form === undefined
      ? null
      : h('details', { open: true }, h('summary', {}, 'Form'), facts(Object.entries(form))),
    message('Request', request, form !== undefined),
    message('Answer', response, false),
  );
}

function message(title, { headers, size, body }, hideBody) {
  return h(
    'details',
    {},
    h('summary', {}, title, h('span.size', {}, `${size} bytes`)),
    facts(headers),
    body === undefined || hideBody
      ? null
      : [h('div.body-head', {}, h('h4', {}, 'Body'), copyButton(body)), h('pre', {}, pretty(body))],
  );
}
