import type { FindSource, IdentitySource, SourceContext } from './identity-source.js';
import { appService } from './sources/app-service.js';
import { arc } from './sources/arc.js';
import { azureML } from './sources/azure-ml.js';
import { cloudShell } from './sources/cloud-shell.js';
import { serviceFabric } from './sources/service-fabric.js';

/**
 * The first source that the environment shows, in the order of the Azure SDKs; the metadata service,
 * which nothing shows, comes last. Looked for at every token that must be fetched: an environment that
 * changed is seen.
 */
export function findSource(
  context: SourceContext,
  metadataService: (context: SourceContext) => IdentitySource,
): IdentitySource {
  for (const find of [serviceFabric, notArc(appService), azureML, cloudShell, arc]) {
    const source = find(context);
    if (source !== undefined) return source;
  }
  return metadataService(context);
}

/** Arc sets `IDENTITY_ENDPOINT` too; there it comes with `IMDS_ENDPOINT`. */
function notArc(find: FindSource): FindSource {
  return (context) => (context.env['IMDS_ENDPOINT'] ? undefined : find(context));
}
