// The same sign-in with the emulator as its cloud. Where there is no person, nobody could fill in the pages: the
// emulator goes through them as alice would and hands the answer to the program, as her browser does.
// With --person, it is you who signs in.
import { startEmulator, trustEmulator } from '@aml-auth/emulator';
import { showWorkspace } from './show-workspace.ts';

const emulator = await startEmulator();
trustEmulator(emulator);
Object.assign(process.env, emulator.env());
try {
  if (process.argv.includes('--person')) {
    const { name, password = '' } = emulator.user('alice@contoso');
    console.error(
      `Sign in as ${name} with the password ${password}. Your browser warns: it does not trust the emulator.`,
    );
    await showWorkspace();
  } else {
    await showWorkspace(async (url) => {
      const end = await emulator.signIn({ upn: 'alice@contoso', url });
      await fetch(end.url, { method: end.method, body: new URLSearchParams(end.fields) });
    });
  }
} finally {
  await emulator.close();
}
