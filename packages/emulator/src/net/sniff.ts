import type { Duplex } from 'node:stream';

/** The first byte of a TLS handshake record (RFC 8446, section 5.1). */
const HANDSHAKE = 0x16;

/** Looks at the first byte of a connection, puts it back, and says whether it begins TLS. */
export function sniff(socket: Duplex, decide: (isTls: boolean, start: Buffer) => void): void {
  const onError = (): void => {
    socket.destroy();
  };
  socket.once('error', onError);
  socket.once('data', (chunk: Buffer) => {
    socket.pause();
    socket.removeListener('error', onError);
    socket.unshift(chunk);
    decide(chunk[0] === HANDSHAKE, chunk);
  });
}
