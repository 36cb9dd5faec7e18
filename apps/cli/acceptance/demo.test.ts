import { expect, it } from 'vitest';
import { amlAuth } from './support/aml-auth.js';

it('shows the main job step by step, and no token', async () => {
  const { code, stdout, stderr } = await amlAuth(['demo']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('No Azure account is touched.');
  const titles = stdout.split('\n').filter((line) => /^\d+\. /.test(line));
  expect(titles).toEqual([
    '1. A service principal signs in with its client secret, over TLS.',
    '2. It reads the workspace, as its role allows.',
    '3. It tries to delete the workspace and is refused.',
    '4. With a wrong secret it is refused, and told what to do.',
  ]);
  expect(stdout).toMatch(/with 1 request to Microsoft Entra ID/);
  expect(stdout).toMatch(/workspace {7}ws1\n/);
  expect(stdout).toMatch(/AML_FORBIDDEN \(status 403, AuthorizationFailed\): .*workspaces\/delete/);
  expect(stdout).toMatch(/"AzureML Data Scientist".*workspaces\/\*\/delete.*workspaces\/delete/);
  expect(stdout).toContain('- the role "Contributor" at the workspace (*)\n');
  expect(stdout).toContain('- the role "Owner" at the workspace (*; may also hand out roles)\n');
  expect(stdout).toMatch(
    /az role assignment create --assignee-object-id .* --role "Azure AI Administrator" --scope /,
  );
  expect(stdout).toMatch(/error AML_CREDENTIAL_REJECTED \(AADSTS7000215\)/);
  expect(stdout).toContain('next: Make a new secret with "az ad app credential reset');
  expect(stdout).not.toMatch(/eyJ[\w-]{10}/);
});
