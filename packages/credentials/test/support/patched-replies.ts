import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** Changes the JSON of a reply before its client sees it. */
export type Patch = (body: Record<string, unknown>, url: string) => Record<string, unknown>;

/** A `fetch` that patches replies of status 200. */
export function patchedFetch(patch: Patch): typeof fetch {
  return async (input, init) => {
    const reply = await fetch(input, init);
    if (reply.status !== 200) return reply;
    const url = input instanceof Request ? input.url : String(input);
    return Response.json(patch((await reply.json()) as Record<string, unknown>, url));
  };
}

/** The same for clients of the Azure SDK, as one of their `additionalPolicies`. */
export function patchedPolicy(patch: Patch): { policy: PipelinePolicy; position: 'perCall' } {
  return {
    position: 'perCall',
    policy: {
      name: 'patched',
      async sendRequest(request, next) {
        const reply = await next(request);
        if (reply.status !== 200 || typeof reply.bodyAsText !== 'string') return reply;
        const body = JSON.parse(reply.bodyAsText) as Record<string, unknown>;
        return { ...reply, bodyAsText: JSON.stringify(patch(body, request.url)) };
      },
    },
  };
}
