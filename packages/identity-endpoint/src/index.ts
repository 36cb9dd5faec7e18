export type { IdentityStyle } from './identity-style.js';
export { serveIdentity, type IdentityEndpoint, type ServeIdentityOptions } from './serve-identity.js';
