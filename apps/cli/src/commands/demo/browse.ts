import type { DemoWorld } from './demo-world.js';

/** Goes through the sign-in pages as a person, and brings the answer to the waiting client as a browser does. */
export async function browse({ emulator, signal }: DemoWorld, upn: string, url: string): Promise<void> {
  const end = await emulator.signIn({ upn, url });
  const body = end.method === 'POST' ? new URLSearchParams(end.fields) : null;
  const answer = await fetch(end.url, { method: end.method, body, signal });
  await answer.arrayBuffer();
}
