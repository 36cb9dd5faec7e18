import type { FederatedCredential } from '../../core/directory-rows.js';
import { badRequest } from '../graph-refusal.js';
import { optionalText, optionalTexts, requiredText, type GraphBody } from '../read-graph-body.js';

const LONGEST_NAME = 120;
const LONGEST = 600;

/**
 * Reads a federated identity credential within the limits of Microsoft Entra ID.
 *
 * @param before - what a request leaves out stays as it is
 * @throws a refusal: 400 `Request_BadRequest`
 */
export function readFederatedCredential(
  body: GraphBody,
  before: FederatedCredential | undefined,
): Omit<FederatedCredential, 'id'> {
  const text = (name: 'name' | 'issuer' | 'subject', most: number): string =>
    before !== undefined && !(name in body) ? before[name] : requiredText(body, name, most);
  const name = text('name', LONGEST_NAME);
  // It becomes part of a URL.
  if (!/^[\w-]+$/.test(name))
    throw badRequest(`The name '${name}' has characters other than letters, digits, '-' and '_'.`);
  const issuer = text('issuer', LONGEST);
  if (URL.parse(issuer)?.protocol !== 'https:')
    throw badRequest(`The issuer '${issuer}' is not an https URL.`);
  const description =
    'description' in body ? optionalText(body, 'description', LONGEST) : before?.description;
  return {
    name,
    issuer,
    subject: text('subject', LONGEST),
    audience: readAudience(body, before),
    ...(description === undefined ? {} : { description }),
  };
}

function readAudience(body: GraphBody, before: FederatedCredential | undefined): string {
  const audiences = optionalTexts(body, 'audiences', 10) ?? (before === undefined ? [] : [before.audience]);
  const [audience = '', another] = audiences;
  if (audience !== '' && audience.length <= LONGEST && another === undefined) return audience;
  throw badRequest(
    "The property 'audiences' must have exactly one element, such as api://AzureADTokenExchange.",
  );
}
