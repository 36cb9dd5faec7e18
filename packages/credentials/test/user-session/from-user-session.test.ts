import {
  fromBrowser,
  fromDeviceCode,
  fromUserSession,
  type KeptUserSession,
  type UserSessionStore,
} from '@aml-auth/credentials';
import { startEmulator, trustEmulator, type Emulator } from '@aml-auth/emulator';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eagerClock } from '../support/eager-clock.js';

const ARM = 'https://management.azure.com/.default';
const AML = 'https://ml.azure.com/.default';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  trustEmulator(emulator);
});
afterAll(() => emulator.close());

/** A store in memory that notes what was written to it. */
function memory(first?: KeptUserSession): UserSessionStore & { readonly written: KeptUserSession[] } {
  const written: KeptUserSession[] = [];
  return {
    written,
    read: () => Promise.resolve(written.at(-1) ?? first),
    write(session) {
      written.push(session);
      return Promise.resolve();
    },
  };
}

async function signInByCode(session: UserSessionStore, upn = 'alice@contoso') {
  const clock = eagerClock();
  const credential = fromDeviceCode({
    cloud: emulator.cloud,
    clock,
    fetch: clock.fetch,
    session,
    onPrompt: ({ userCode }) => {
      emulator.approveDeviceCode(userCode, upn);
    },
  });
  await credential.getToken(ARM);
}

describe('fromUserSession', () => {
  it('goes on with a sign-in by device code, for other resources, and asks nobody', async () => {
    const session = memory();
    await signInByCode(session);
    expect(session.written).toHaveLength(1);
    const clock = eagerClock();
    const credential = fromUserSession({ cloud: emulator.cloud, clock, fetch: clock.fetch, session });
    const { token } = await credential.getToken(AML);
    expect(decodeJwt(token)).toMatchObject({ aud: 'https://ml.azure.com', idtyp: 'user' });
    expect(clock.requests.map(({ form }) => form.get('grant_type'))).toEqual(['refresh_token']);
  });

  it('goes on with a sign-in by browser', async () => {
    const session = memory();
    const openBrowser = async (page: string) => {
      const { url, fields } = await emulator.signIn({ url: page, upn: 'alice@contoso' });
      await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    };
    const credential = fromBrowser({ cloud: emulator.cloud, session, openBrowser });
    await credential.getToken(ARM);
    const later = fromUserSession({ cloud: emulator.cloud, session });
    await expect(later.getToken(AML)).resolves.toHaveProperty('token');
  });

  it('keeps a new refresh token in place of the old one', async () => {
    const session = memory();
    await signInByCode(session);
    await fromUserSession({ cloud: emulator.cloud, session }).getToken(AML);
    const tokens = session.written.map(({ refreshToken }) => refreshToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.length).toBeGreaterThan(1);
  });

  it.each<[string, UserSessionStore]>([
    ['there is no session', memory()],
    ['the store fails', { read: () => Promise.reject(new Error('disk')), write: () => Promise.resolve() }],
  ])('wants a person where %s', async (_what, session) => {
    const credential = fromUserSession({ cloud: emulator.cloud, session });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_INTERACTION_REQUIRED' });
  });

  it('wants a person where the session was ended', async () => {
    const session = memory();
    await signInByCode(session, 'bob@contoso');
    emulator.revokeRefreshTokens('bob@contoso');
    const credential = fromUserSession({ cloud: emulator.cloud, session });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_INTERACTION_REQUIRED' });
  });

  it('finds a sign-in that comes after it was made', async () => {
    const session = memory();
    const credential = fromUserSession({ cloud: emulator.cloud, session });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_INTERACTION_REQUIRED' });
    await signInByCode(session);
    await expect(credential.getToken(AML)).resolves.toHaveProperty('token');
  });

  it('goes on with the next sign-in of the person where its own session was ended', async () => {
    const session = memory();
    await signInByCode(session, 'bob@contoso');
    const credential = fromUserSession({ cloud: emulator.cloud, session });
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('bob@contoso');
    await signInByCode(session, 'bob@contoso');
    await expect(credential.getToken(AML)).resolves.toHaveProperty('token');
  });

  it('does not go over to the sign-in of somebody else', async () => {
    const session = memory();
    await signInByCode(session, 'bob@contoso');
    const credential = fromUserSession({ cloud: emulator.cloud, session });
    await credential.getToken(ARM);
    emulator.revokeRefreshTokens('bob@contoso');
    const others = memory();
    await signInByCode(others, 'alice@contoso');
    session.written.push(...others.written);
    await expect(credential.getToken(AML)).rejects.toMatchObject({ code: 'AML_INTERACTION_REQUIRED' });
  });

  it('refuses the tokens of another account than the one that was kept', async () => {
    const session = memory();
    await signInByCode(session);
    const [kept] = session.written;
    const other = memory({
      account: `${'0'.repeat(8)}.${'1'.repeat(8)}`,
      refreshToken: kept?.refreshToken ?? '',
    });
    const credential = fromUserSession({ cloud: emulator.cloud, session: other });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: 'AML_IDENTITY_MISMATCH' });
  });

  it('gives a token although the session cannot be kept', async () => {
    const session: UserSessionStore = {
      read: () => Promise.resolve(undefined),
      write: () => Promise.reject(new Error('disk full')),
    };
    await expect(signInByCode(session)).resolves.toBeUndefined();
  });

  it('is not started with a client that is none', () => {
    expect(() => fromUserSession({ session: memory(), clientId: 'x' })).toThrow(/clientId/);
  });
});
