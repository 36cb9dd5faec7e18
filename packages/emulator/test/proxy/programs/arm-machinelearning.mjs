// @azure/arm-machinelearning as published, at the endpoint that it has built in: makes an online endpoint and calls it,
// and asks the data plane what it is told of.
import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import { DefaultAzureCredential } from '@azure/identity';
import { print } from './print.mjs';

const {
  AZUREML_ARM_SUBSCRIPTION,
  AZUREML_ARM_RESOURCEGROUP: group,
  AZUREML_ARM_WORKSPACE_NAME: workspace,
} = process.env;
const client = new AzureMachineLearningWorkspaces(new DefaultAzureCredential(), AZUREML_ARM_SUBSCRIPTION);
const now = { updateIntervalInMs: 1 };
await print(async () => {
  const place = [group, workspace, 'churn'];
  const settings = {
    location: 'westeurope',
    properties: { authMode: 'Key' },
    identity: { type: 'SystemAssigned' },
  };
  await client.onlineEndpoints.beginCreateOrUpdateAndWait(...place, settings, now);
  const deployment = {
    location: 'westeurope',
    sku: { name: 'Default', capacity: 1 },
    properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2' },
  };
  await client.onlineDeployments.beginCreateOrUpdateAndWait(...place, 'blue', deployment, now);
  const traffic = { ...settings, properties: { ...settings.properties, traffic: { blue: 100 } } };
  const { properties } = await client.onlineEndpoints.beginCreateOrUpdateAndWait(...place, traffic, now);
  const { primaryKey } = await client.onlineEndpoints.listKeys(...place);
  const answer = await fetch(properties.scoringUri, {
    method: 'POST',
    headers: { authorization: `Bearer ${primaryKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ data: [1] }),
  });
  const { discoveryUrl } = await client.workspaces.get(group, workspace);
  const { api } = await (await fetch(discoveryUrl)).json();
  return {
    scoringUri: properties.scoringUri,
    status: answer.status,
    body: await answer.json(),
    discoveryUrl,
    api,
  };
});
