import { azureMlApplications, type TargetApplication } from './azure-ml-applications.js';
import type { ConditionalAccessPolicy, PolicySelection } from './policy.js';

/** Whether and how a policy reaches Azure Machine Learning. */
export interface PolicyReach {
  /**
   * `unknown` where a filter or an authentication context decides, which the policy alone does not tell. Whom a policy
   * is for, from where and with which client does not count here.
   */
  readonly reaches: 'yes' | 'no' | 'unknown';
  /** The applications of Azure Machine Learning that it is for. */
  readonly applications: readonly TargetApplication[];
  /** In words. */
  readonly why: string;
}

/**
 * Whether a policy is for applications of Azure Machine Learning.
 *
 * @param applications - which ones count. Default: all of {@link azureMlApplications}
 */
export function policyReach(
  policy: ConditionalAccessPolicy,
  applications: readonly TargetApplication[] = azureMlApplications,
): PolicyReach {
  const { authenticationContexts, userActions, applicationFilter } = policy;
  const reached = applications.filter(({ appId }) => selects(policy.applications, appId));
  if (reached.length > 0) {
    const all = policy.applications.include.some((name) => name.toLowerCase() === 'all');
    const names = reached.map(({ name }) => name).join(', ');
    return {
      reaches: applicationFilter === undefined ? 'yes' : 'unknown',
      applications: reached,
      why: `${all ? 'It is for all resources, among them' : 'It names'} ${names}${applicationFilter === undefined ? '' : ', as far as its filter leaves them in'}.`,
    };
  }
  if (authenticationContexts.length > 0) {
    const why = `It is for the authentication contexts ${authenticationContexts.join(', ')}, which a service asks for by itself.`;
    return { reaches: 'unknown', applications: [], why };
  }
  if (applicationFilter !== undefined) {
    return {
      reaches: 'unknown',
      applications: [],
      why: `It is for applications by a filter: ${applicationFilter}.`,
    };
  }
  const why =
    userActions.length > 0 ? 'It is for actions of users, not for resources.' : 'It is for other resources.';
  return { reaches: 'no', applications: [], why };
}

/** Names that are left out win over those that are included. */
function selects({ include, exclude }: PolicySelection, appId: string): boolean {
  const holds = (names: readonly string[]): boolean =>
    names.some((name) => name.toLowerCase() === 'all' || name.toLowerCase() === appId);
  return holds(include) && !holds(exclude);
}
