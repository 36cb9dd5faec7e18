import { publicCloud, type Cloud } from '@aml-auth/core';

import { CLOUD_NAME } from './arm/metadata.js';

/** The emulated cloud; the same that `/metadata/endpoints` describes. */
export function describeCloud(origin: string): Cloud {
  return {
    name: CLOUD_NAME,
    authorityHost: origin,
    resourceManager: { endpoint: origin, audience: origin },
    graph: { endpoint: `${origin}/graph`, audience: `${origin}/graph/` },
    machineLearning: publicCloud.machineLearning,
    portal: publicCloud.portal,
  };
}
