import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

const METADATA = 'https://management.azure.com/metadata/endpoints?api-version=2022-09-01';
const has = (program: string, argument: string): boolean => spawnSync(program, [argument]).status === 0;
const hasJava = has('java', '-version');
const hasPython = has('python3', '--version');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aml-auth-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program that knows of no emulator, as it would run in Azure. */
async function run(name: string, source: string, ...command: string[]) {
  const file = join(folder, name);
  await writeFile(file, source);
  return amlAuth(['emulator', 'run', '--', ...command, file]);
}

const PYTHON = `
import json, os, urllib.parse, urllib.request

def read(request):
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

form = urllib.parse.urlencode({
    "grant_type": "client_credentials",
    "client_id": os.environ["AZURE_CLIENT_ID"],
    "client_secret": os.environ["AZURE_CLIENT_SECRET"],
    "scope": "https://management.azure.com/.default",
}).encode()
tenant = os.environ["AZURE_TENANT_ID"]
token = read(urllib.request.Request(
    f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token", data=form))["access_token"]
subscriptions = read(urllib.request.Request(
    "https://management.azure.com/subscriptions?api-version=2022-12-01",
    headers={"Authorization": "Bearer " + token}))
imds = read(urllib.request.Request(
    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://ml.azure.com",
    headers={"Metadata": "true"}))
print(subscriptions["value"][0]["displayName"], imds["resource"])
`;

const JAVA = `
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class Program {
  public static void main(String[] args) throws Exception {
    var client = HttpClient.newHttpClient();
    var metadata = client.send(HttpRequest.newBuilder(URI.create("${METADATA}")).build(), BodyHandlers.ofString());
    var form = "grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id="
        + System.getenv("AZURE_CLIENT_ID") + "&client_secret=" + System.getenv("AZURE_CLIENT_SECRET");
    var uri = URI.create("https://login.microsoftonline.com/" + System.getenv("AZURE_TENANT_ID") + "/oauth2/v2.0/token");
    var token = client.send(HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    System.out.println(metadata.body().contains("AzureCloud") + " " + token.statusCode());
  }
}
`;

describe('an ordinary program, at the addresses of Azure', () => {
  it.skipIf(!hasPython)('in Python, with its standard library', async () => {
    const { code, stdout, stderr } = await run('program.py', PYTHON, 'python3');
    expect([code, stdout]).toEqual([0, 'dev https://ml.azure.com\n']);
    expect(stderr).not.toContain('let nothing through');
  });

  it.skipIf(!hasJava)('in Java, with the HttpClient of the JDK', async () => {
    const { code, stdout } = await run('Program.java', JAVA, 'java');
    expect([code, stdout]).toEqual([0, 'true 200\n']);
  });
});
