import { armRefusal } from './arm-refusal.js';

/**
 * 404 `ResourceNotFound`.
 *
 * @param resource - type and name, such as `Microsoft.MachineLearningServices/workspaces/ws1`
 */
export function resourceNotFound(resource: string, resourceGroup: string): Error {
  const message = `The Resource '${resource}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return armRefusal(404, 'ResourceNotFound', message);
}
