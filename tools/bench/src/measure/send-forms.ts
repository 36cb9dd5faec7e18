import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TokenTarget } from '../servers/token-server.ts';

/**
 * Milliseconds that so many token requests take, over connections that are kept open.
 *
 * @param parallel - how many are under way at the same time
 * @throws {Error} where an answer is not a token
 */
export async function sendForms(target: TokenTarget, count: number, parallel: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel, ca: target.ca });
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await sendForm(target, agent);
    }
  };
  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
    return performance.now() - started;
  } finally {
    agent.destroy();
  }
}

async function sendForm({ url, form }: TokenTarget, agent: Agent): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length };
  const body = await new Promise<string>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      text(response).then(resolve, reject);
    })
      .once('error', reject)
      .end(form);
  });
  if (!body.includes('"access_token"')) throw new Error(`${url} gave no token: ${body.slice(0, 500)}`);
}
