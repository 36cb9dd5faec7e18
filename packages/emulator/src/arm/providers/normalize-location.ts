/** Azure compares locations without case and blanks: `West Europe` is `westeurope`. */
export function normalizeLocation(location: string | undefined): string | undefined {
  const name = location?.toLowerCase().replaceAll(/\s/g, '');
  return name === '' ? undefined : name;
}
