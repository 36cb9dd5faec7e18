import type { World } from '../http/call.js';
import { findResource, type TokenResource } from './resources.js';

const NAMES: Readonly<Record<TokenResource['name'], string>> = {
  arm: 'Windows Azure Service Management API',
  graph: 'Microsoft Graph',
  machineLearning: 'Azure Machine Learning',
};

/** The application id and name of what an audience stands for. */
export function resourceName(world: World, audience: string): { readonly id: string; readonly name: string } {
  const known = findResource(world.hosts, audience);
  if (known !== undefined) return { id: known.appId, name: NAMES[known.name] };
  const id =
    audience
      .toLowerCase()
      .replace(/^api:\/\//, '')
      .split('/')[0] ?? '';
  const application = world.store.list('applications').find(({ clientId }) => clientId === id);
  return { id, name: application?.displayName ?? audience };
}
