// @azure/arm-authorization as published, at the endpoint that it has built in.
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { DefaultAzureCredential } from '@azure/identity';
import { print } from './print.mjs';

const client = new AuthorizationManagementClient(
  new DefaultAzureCredential(),
  process.env.AZUREML_ARM_SUBSCRIPTION,
);
await print(async () => {
  const names = [];
  for await (const assignment of client.roleAssignments.listForSubscription())
    names.push(assignment.principalId);
  return { principals: names };
});
