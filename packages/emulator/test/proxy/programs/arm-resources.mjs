// @azure/arm-resources as published, at the endpoint that it has built in.
import { ResourceManagementClient } from '@azure/arm-resources';
import { DefaultAzureCredential } from '@azure/identity';
import { print } from './print.mjs';

const client = new ResourceManagementClient(
  new DefaultAzureCredential(),
  process.env.AZUREML_ARM_SUBSCRIPTION,
);
await print(async () => {
  const names = [];
  for await (const group of client.resourceGroups.list()) names.push(group.name);
  return { names };
});
