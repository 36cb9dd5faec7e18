import { checkEmulator } from './checks/check-emulator.js';
import { checkFetch } from './checks/check-fetch.js';
import { checkNode } from './checks/check-node.js';
import { checkProxy } from './checks/check-proxy.js';
import { checkSettings } from './checks/check-settings.js';
import { checkTools } from './checks/check-tools.js';
import { checkTrust } from './checks/check-trust.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

const CHECKS = [checkNode, checkEmulator, checkTrust, checkProxy, checkSettings, checkFetch, checkTools];

/** What the facts mean, in the order in which things depend on each other. */
export function diagnose(facts: Facts): readonly Finding[] {
  return CHECKS.flatMap((check) => check(facts));
}
