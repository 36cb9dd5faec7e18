import { connect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

import type { Emulator } from '@aml-auth/emulator';

/** The head of a request, line by line. */
export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

/** Sends bytes as they are and collects what comes back until the connection ends. */
export function rawRequest({ port, ca }: Emulator, text: string, over: 'http' | 'https'): Promise<string> {
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port };
    const socket =
      over === 'https' ? tlsConnect({ ...target, ca, servername: 'localhost' }) : connect(target);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.once('error', reject).once('close', () => resolve(answer));
    socket.write(text);
  });
}
