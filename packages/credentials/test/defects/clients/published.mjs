// @azure/identity as published, in a process of its own: it reads process.env and keeps state there.
import {
  AzureCliCredential,
  ChainedTokenCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
} from '@azure/identity';

const SCOPE = 'https://management.azure.com/.default';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1795385834"}}}';
const { scenario, ...given } = JSON.parse(process.argv[2]);

const outcome = (call) =>
  call.then(
    ({ token }) => token,
    (error) => error.name,
  );
const times = (count, call) => Promise.all(Array.from({ length: count }, call));

const scenarios = {
  async parallel() {
    const credential = new ManagedIdentityCredential();
    return times(10, () => outcome(credential.getToken(SCOPE)));
  },
  async refused() {
    const next = { getToken: async () => ({ token: 'somebody else', expiresOnTimestamp: Date.now() + 1e6 }) };
    return [
      await outcome(new ManagedIdentityCredential().getToken(SCOPE)),
      await outcome(new ChainedTokenCredential(new ManagedIdentityCredential(), next).getToken(SCOPE)),
    ];
  },
  async changed() {
    await outcome(new ManagedIdentityCredential().getToken(SCOPE));
    Object.assign(process.env, given.env);
    await outcome(new ManagedIdentityCredential().getToken('https://ml.azure.com/.default'));
    return 'done';
  },
  async aborted() {
    return outcome(new ManagedIdentityCredential().getToken(SCOPE, { abortSignal: AbortSignal.abort() }));
  },
  async challenged() {
    const credential = new ManagedIdentityCredential();
    const first = await outcome(credential.getToken(SCOPE));
    return first === (await outcome(credential.getToken(SCOPE, { claims: CLAIMS })));
  },
  async federated() {
    let injected = 0;
    const httpClient = {
      async sendRequest() {
        injected += 1;
        throw new Error('was asked');
      },
    };
    const credential = new ManagedIdentityCredential({ httpClient });
    const results = [await outcome(credential.getToken(SCOPE)), await outcome(credential.getToken(SCOPE))];
    return { tokens: results.filter((text) => text.includes('.')).length, injected };
  },
  async walk() {
    const credential = new DefaultAzureCredential();
    for (let call = 0; call < 3; call += 1) await outcome(credential.getToken(SCOPE));
    return 'done';
  },
  async cli() {
    const credential = new AzureCliCredential();
    const results = await times(10, () => outcome(credential.getToken(SCOPE)));
    for (let call = 0; call < 5; call += 1) results.push(await outcome(credential.getToken(SCOPE)));
    return new Set(results).size;
  },
  async cliOnce() {
    return outcome(new AzureCliCredential().getToken(SCOPE));
  },
  async cliAborted() {
    const controller = new AbortController();
    const call = outcome(new AzureCliCredential().getToken(SCOPE, { abortSignal: controller.signal }));
    controller.abort();
    return call;
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
