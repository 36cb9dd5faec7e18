import { msalCachePlugin, type MsalCachePlugin, type MsalCachePluginOptions } from './msal-cache-plugin.js';

/** What `useIdentityPlugin` of `@azure/identity` hands to a plug-in, as far as it is used. */
interface AzureIdentityPluginContext {
  readonly cachePluginControl: {
    setPersistence(provider: (options?: { name?: string }) => Promise<MsalCachePlugin>): void;
  };
}

/**
 * A plug-in for `useIdentityPlugin` of `@azure/identity`, in place of `@azure/identity-cache-persistence`: credentials
 * with `tokenCachePersistenceOptions: { enabled: true }` keep accounts and tokens in the store. `name` there chooses
 * the cache, apart from others and apart for tokens with and without CAE.
 */
export function azureIdentityCachePlugin(
  options: Omit<MsalCachePluginOptions, 'partition'>,
): (context: unknown) => void {
  /** How often each bare name was asked for. */
  const asked = new Map<string, number>();

  /**
   * The library asks twice for each credential, without CAE first. A name that its user gave takes the place of the
   * suffix that would tell the two apart.
   */
  function partitionOf(name: string): string {
    if (name.endsWith('.cae') || name.endsWith('.nocae')) return name;
    const times = asked.get(name) ?? 0;
    asked.set(name, times + 1);
    return `${name}.${times % 2 === 0 ? 'nocae' : 'cae'}`;
  }

  return (context) => {
    const { cachePluginControl } = context as AzureIdentityPluginContext;
    cachePluginControl.setPersistence(({ name = 'default' } = {}) =>
      Promise.resolve(msalCachePlugin({ ...options, partition: `identity:${partitionOf(name)}` })),
    );
  };
}
