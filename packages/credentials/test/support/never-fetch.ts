/** A `fetch` for calls that must end before a request, which counts those that are made all the same. */
export function neverFetch(): { readonly fetch: typeof fetch; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: (input) => {
      asked.push(input instanceof Request ? input.url : input.toString());
      return Promise.reject(new TypeError('nothing may be sent'));
    },
  };
}
