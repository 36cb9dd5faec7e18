import { get, post } from './api.js';
import { byId, facts, h, table, toast } from './dom.js';

/** The directory: tenants with who and what is in them. */
export async function showDirectory() {
  const { value } = await get('directory');
  byId('view-directory').replaceChildren(...value.map(tenantCard));
}

function tenantCard(tenant) {
  return h(
    'article.card',
    {},
    h('h2', {}, tenant.name),
    facts([
      ['Tenant id', h('code', {}, tenant.id)],
      ['Domains', tenant.domains.join(', ')],
    ]),
    section(
      'Users',
      ['Name', 'User principal name', 'Second factor', 'Object id', ''],
      tenant.users.map(userRow),
    ),
    section(
      'Applications',
      ['Name', 'Client id', 'Credentials', 'Object id', ''],
      tenant.applications.map(appRow),
    ),
    section(
      'Managed identities',
      ['Name', 'Client id', 'Resource', 'Object id', ''],
      tenant.managedIdentities.map(({ id, clientId, displayName, resourceId }) => [
        displayName,
        h('code', {}, clientId),
        h('code.long', {}, resourceId ?? ''),
        h('code', {}, id),
        revokeButton(id, displayName, false),
      ]),
    ),
    section(
      'Groups',
      ['Name', 'Members', 'Object id'],
      tenant.groups.map(({ id, displayName, members }) => [
        displayName,
        members.join(', '),
        h('code', {}, id),
      ]),
    ),
    section(
      'Conditional Access policies',
      ['Name', 'State', 'Wants'],
      tenant.conditionalAccess.map(({ displayName, state, grantControls }) => [
        displayName,
        h(`span.chip${state === 'enabled' ? '.ok' : ''}`, {}, state),
        grantControls?.builtInControls?.join(', ') ?? '',
      ]),
    ),
  );
}

function userRow({ id, userPrincipalName, displayName, mfa, canSignIn, directoryRoles }) {
  return [
    [displayName, directoryRoles.map((role) => h('span.chip', {}, role))],
    userPrincipalName,
    canSignIn ? mfa : 'cannot sign in',
    h('code', {}, id),
    revokeButton(id, userPrincipalName, true),
  ];
}

function appRow(app) {
  const { secrets, certificates, federated, isPublicClient } = app;
  const counts = [
    isPublicClient ? 'public' : '',
    count(secrets.length, 'secret'),
    count(certificates.length, 'certificate'),
    count(federated.length, 'federated'),
  ].filter((text) => text !== '');
  const { servicePrincipalId: id, displayName, graphPermissions } = app;
  return [
    [displayName, graphPermissions.map((name) => h('span.chip', {}, name))],
    h('code', {}, app.clientId),
    counts.join(', '),
    h('code', {}, id ?? ''),
    id === null ? '' : revokeButton(id, displayName, false),
  ];
}

function count(number, what) {
  return number === 0 ? '' : `${number} ${what}${number > 1 && what !== 'federated' ? 's' : ''}`;
}

function section(title, headings, rows) {
  if (rows.length === 0) return null;
  return [h('h3', {}, title, h('span.count', {}, rows.length)), table(headings, rows)];
}

function revokeButton(principal, name, isUser) {
  const revoke = async () => {
    try {
      await post('revoke', { principal, ...(isUser ? { refreshTokens: false } : {}) });
      toast(`Tokens of ${name} are revoked for clients that declared cp1.`);
    } catch (error) {
      toast(error.message);
    }
  };
  return h(
    'button.quiet',
    { type: 'button', click: revoke, 'aria-label': `Revoke tokens of ${name}` },
    'Revoke',
  );
}

/** Who may do what: the role assignments. */
export async function showAccess() {
  const { value } = await get('assignments');
  const place = byId('view-access');
  const filter = h('input', {
    type: 'search',
    placeholder: 'Filter: principal, role, scope',
    'aria-label': 'Filter assignments',
  });
  const rows = h('div');
  const render = () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const shown = value.filter((entry) =>
      words.every((word) => JSON.stringify(entry).toLowerCase().includes(word)),
    );
    rows.replaceChildren(table(['Principal', 'Role', 'Scope'], shown.map(assignmentRow)));
  };
  filter.addEventListener('input', render);
  render();
  place.replaceChildren(
    h('article.card', {}, h('h2', {}, 'Role assignments', h('span.count', {}, value.length)), filter, rows),
  );
}

function assignmentRow({ principal, principalType, role, scope, condition, isPending }) {
  return [
    [principal, h('span.chip', {}, principalType)],
    [
      role,
      condition === null ? null : h('span.chip.warn', { title: condition }, 'condition'),
      isPending ? h('span.chip.warn', {}, 'not yet seen') : null,
    ],
    h('code.long', {}, scope),
  ];
}
