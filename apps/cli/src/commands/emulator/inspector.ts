/** The page of an emulator that shows its requests and its directory. */
export function inspectorOf(origin: string): string {
  return `${origin}/_emu/`;
}
