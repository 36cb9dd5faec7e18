import { describe, expect, it } from 'vitest';
import { readArcKey } from '../../../src/managed-identity/sources/read-arc-key.js';

describe('readArcKey', () => {
  it.each([
    '',
    'Basic',
    'Bearer realm=/var/opt/azcmagent/tokens/a.key',
    'Basic realm=/etc/passwd',
    'Basic realm=/var/opt/azcmagent/tokens/../../../../etc/passwd',
    'Basic realm=/var/opt/azcmagent/tokens/sub/a.key',
    'Basic realm=/var/opt/azcmagent/tokens/a.txt',
    'Basic realm=/var/opt/azcmagent/tokens/.key',
    'Basic realm=\\\\server\\share\\a.key',
    'Basic realm=/var/opt/azcmagent/tokensX/a.key',
  ])('opens no file for the challenge %j', async (challenge) => {
    await expect(readArcKey(challenge)).rejects.toMatchObject({ code: 'AML_RESPONSE_INVALID' });
  });

  it('names a key file that cannot be read', async () => {
    await expect(readArcKey('Basic realm=/var/opt/azcmagent/tokens/missing-1.key')).rejects.toMatchObject({
      code: 'AML_UNAVAILABLE',
      message: expect.stringContaining('missing-1.key') as string,
    });
  });
});
