import type { AppliedPolicy, SignIn } from '../../control/sign-ins/sign-in-log.js';
import type { GraphObject } from '../directory-objects.js';
import { entityAnswer, listAnswer } from '../graph-answer.js';
import type { GraphContext, GraphRoutes } from '../graph-context.js';
import { objectNotFound } from '../graph-refusal.js';
import { isoTime } from '../iso-time.js';

const PATH = 'auditLogs/signIns';

/** The sign-in log, newest first: users, applications and managed identities. */
export const signInRoutes: GraphRoutes = {
  [`GET ${PATH}`]: {
    operation: 'signIn.read',
    handler: (context) => listAnswer(context, PATH, signInsOf(context)),
  },
  [`GET ${PATH}/{}`]: {
    operation: 'signIn.read',
    handler(context) {
      const id = context.ids[0]?.toLowerCase() ?? '';
      const found = signInsOf(context).find((signIn) => signIn['id'] === id);
      if (found === undefined) throw objectNotFound(id);
      return entityAnswer(context, 200, PATH, found);
    },
  },
};

function signInsOf({ call, tenantId }: GraphContext): readonly GraphObject[] {
  return call.world.signIns.list(tenantId).map(present);
}

/** The Microsoft Graph resource `signIn`. */
function present(signIn: SignIn): GraphObject {
  const { user, servicePrincipal, resource, errorCode, isMultiFactor } = signIn;
  return {
    id: signIn.id,
    createdDateTime: isoTime(signIn.createdAt),
    userDisplayName: user?.displayName ?? '',
    userPrincipalName: user?.userPrincipalName ?? '',
    userId: user?.id ?? '',
    appId: signIn.appId,
    appDisplayName: signIn.appDisplayName,
    servicePrincipalId: servicePrincipal?.id ?? '',
    servicePrincipalName: servicePrincipal?.name ?? null,
    ipAddress: signIn.ipAddress,
    clientAppUsed: signIn.clientAppUsed,
    userAgent: signIn.userAgent,
    correlationId: signIn.correlationId ?? null,
    conditionalAccessStatus: signIn.conditionalAccess,
    isInteractive: signIn.event === 'interactiveUser',
    signInEventTypes: [signIn.event],
    authenticationRequirement: isMultiFactor ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes_v2: [],
    resourceDisplayName: resource?.name ?? null,
    resourceId: resource?.id ?? null,
    status: {
      errorCode,
      failureReason: signIn.failureReason,
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem: '',
      browser: '',
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: null,
    appliedConditionalAccessPolicies: signIn.policies.map(presentPolicy),
  };
}

function presentPolicy({ id, displayName, controls, sessionControls, result }: AppliedPolicy): GraphObject {
  return {
    id,
    displayName,
    enforcedGrantControls: controls,
    enforcedSessionControls: sessionControls,
    result,
  };
}
