/** Whether a browser may be sent there: an absolute URI without a fragment that runs nothing. */
export function isRedirectUri(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || /[#\s]/.test(value)) return false;
  return !/^(?:javascript|data|vbscript|blob|file):$/.test(url.protocol);
}
