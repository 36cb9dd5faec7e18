import { checkAccess, checkChain, checkMetadata, checkToken } from './checks/check-identity.js';
import {
  checkClock,
  checkDataPlane,
  checkHosts,
  checkNode,
  checkPrograms,
  checkVariables,
} from './checks/check-machine.js';
import { checkFiles, checkStore, checkTokens } from './checks/check-storage.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

const CHECKS = [
  checkNode,
  checkClock,
  checkHosts,
  checkDataPlane,
  checkVariables,
  checkPrograms,
  checkFiles,
  checkStore,
  checkTokens,
  checkToken,
  checkChain,
  checkMetadata,
  checkAccess,
];

/** What the facts mean, in the order in which things depend on each other. */
export function diagnose(facts: Facts): readonly Finding[] {
  return CHECKS.flatMap((check) => check(facts));
}
