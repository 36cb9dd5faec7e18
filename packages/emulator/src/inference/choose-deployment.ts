/** Deployment → percentage of the requests that it gets. */
export type Traffic = Readonly<Record<string, number>>;

/**
 * Which deployment answers a request.
 *
 * @param named - what the header `azureml-model-deployment` says; it goes before the traffic
 * @param deployments - those that are ready
 * @param point - from 0 up to 1: where in the traffic the request falls
 * @returns undefined where none answers
 */
export function chooseDeployment(
  named: string | null,
  deployments: readonly string[],
  traffic: Traffic,
  point: number,
): string | undefined {
  if (named !== null) return deployments.find((name) => name === named);
  const shares = Object.entries(traffic).filter(([name, share]) => share > 0 && deployments.includes(name));
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  let rest = point * total;
  for (const [name, share] of shares) {
    if (rest < share) return name;
    rest -= share;
  }
  return undefined;
}
