import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is on this machine. */
export const chromium: string | undefined = PLACES.find((path) => existsSync(path));

/** A page of a Chromium without a window, by the DevTools protocol over a pipe. */
export interface ChromiumPage {
  /** Runs an expression in the page and gives its value; undefined while a page is loading. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
}

/** Opens the address. @param profile - an empty folder */
export async function openInChromium(program: string, profile: string, url: string): Promise<ChromiumPage> {
  const child = spawn(
    program,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      // The emulator's certificate authority is not the machine's.
      '--ignore-certificate-errors',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const input = child.stdio[3] as NodeJS.WritableStream;
  const output = child.stdio[4] as NodeJS.ReadableStream;
  const waiting = new Map<number, (message: Message) => void>();
  let text = '';
  let last = 0;
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const messages = text.split('\0');
    text = messages.pop() ?? '';
    for (const message of messages.map((one) => JSON.parse(one) as Message)) {
      if (message.id === undefined) continue;
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const call = (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, ({ result = {} }) => resolve(result));
      input.write(`${JSON.stringify({ id: last, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });

  const { targetId } = await call('Target.createTarget', { url });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  return {
    async evaluate(expression) {
      const params = { expression, returnByValue: true };
      const { result } = await call('Runtime.evaluate', params, sessionId as string);
      return (result as { value?: unknown } | undefined)?.value;
    },
    async close() {
      void call('Browser.close');
      await exited;
    },
  };
}
