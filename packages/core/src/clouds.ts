/** A service of a cloud: where it is, and whose tokens it accepts. */
export interface CloudService {
  /** Origin without a trailing slash, such as `https://management.azure.com`. */
  readonly endpoint: string;
  /** The resource to ask a token for, as the service expects it in `aud`. */
  readonly audience: string;
}

/** One Azure cloud. Tokens of a credential go to hosts of its cloud only. */
export interface Cloud {
  /** The name that Azure Resource Manager gives it, such as `AzureCloud`. */
  readonly name: string;
  /** Origin of Microsoft Entra ID, without a trailing slash. */
  readonly authorityHost: string;
  /** Azure Resource Manager. */
  readonly resourceManager: CloudService;
  /** Microsoft Graph. */
  readonly graph: CloudService;
  /** The audience of Azure Machine Learning's own endpoints; their hosts come from each workspace. */
  readonly machineLearning: { readonly audience: string };
  /** Origin of the Azure portal, for links. */
  readonly portal: string;
}

/** Azure, the public cloud. */
export const publicCloud: Cloud = {
  name: 'AzureCloud',
  authorityHost: 'https://login.microsoftonline.com',
  resourceManager: { endpoint: 'https://management.azure.com', audience: 'https://management.azure.com' },
  graph: { endpoint: 'https://graph.microsoft.com', audience: 'https://graph.microsoft.com' },
  machineLearning: { audience: 'https://ml.azure.com' },
  portal: 'https://portal.azure.com',
};

/** Azure operated by 21Vianet. */
export const chinaCloud: Cloud = {
  name: 'AzureChinaCloud',
  authorityHost: 'https://login.chinacloudapi.cn',
  resourceManager: {
    endpoint: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn',
  },
  graph: {
    endpoint: 'https://microsoftgraph.chinacloudapi.cn',
    audience: 'https://microsoftgraph.chinacloudapi.cn',
  },
  machineLearning: { audience: 'https://ml.azure.cn' },
  portal: 'https://portal.azure.cn',
};

/** Azure Government of the United States. */
export const usGovernmentCloud: Cloud = {
  name: 'AzureUSGovernment',
  authorityHost: 'https://login.microsoftonline.us',
  resourceManager: {
    endpoint: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net',
  },
  graph: { endpoint: 'https://graph.microsoft.us', audience: 'https://graph.microsoft.us' },
  machineLearning: { audience: 'https://ml.azure.us' },
  portal: 'https://portal.azure.us',
};

/** The clouds that need no look-up. */
export const knownClouds: readonly Cloud[] = [publicCloud, chinaCloud, usGovernmentCloud];

/** The known cloud of that name, in any case; undefined for others. */
export function findCloud(name: string): Cloud | undefined {
  return knownClouds.find((cloud) => cloud.name.toLowerCase() === name.toLowerCase());
}
