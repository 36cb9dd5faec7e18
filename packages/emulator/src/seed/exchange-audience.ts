/** The audience that Microsoft recommends for tokens of other identity providers. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';
