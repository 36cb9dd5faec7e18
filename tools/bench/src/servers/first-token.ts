import { sendForms } from '../measure/send-forms.ts';

/*
 * A process that starts a server, gets one token from it over TLS, and ends: `node first-token.ts emulator`.
 * It loads that server only.
 */
const [, , name = ''] = process.argv;
const start =
  name === 'emulator'
    ? (await import('./start-emulator-server.ts')).startEmulatorServer
    : (await import('./start-mock-server.ts')).startMockServer;
const { target, close } = await start();
await sendForms(target, 1, 1);
await close();
