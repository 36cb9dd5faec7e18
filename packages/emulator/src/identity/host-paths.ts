/** Where the endpoints are on their real hosts; here, below `/hosts/{name}/`. */
export const HOST_PATHS = {
  imds: 'metadata/identity/oauth2/token',
  appService: 'msi/token',
  azureMl: 'MSI/auth',
  onBehalfOf: 'OBO/token',
  cloudShell: 'oauth2/token',
} as const;
