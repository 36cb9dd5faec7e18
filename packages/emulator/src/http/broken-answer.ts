/** How an answer breaks off on its way. */
export type Breakage =
  | { readonly kind: 'reset' }
  /** After so many bytes of the body. */
  | { readonly kind: 'truncate'; readonly bytes: number };

const breakages = new WeakMap<Response, Breakage>();

/** Has whoever delivers the answer break it off. */
export function breakOff(response: Response, breakage: Breakage): void {
  breakages.set(response, breakage);
}

/** How the answer is to be broken off; undefined where it is not. */
export function breakageOf(response: Response): Breakage | undefined {
  return breakages.get(response);
}
