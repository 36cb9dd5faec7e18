import { setUp, type Facts } from '../facts.js';
import { reportOn, type Finding } from '../finding.js';

/** Whether the settings of Azure clients name the emulator, and somebody who signs in. */
export function checkSettings(facts: Facts): readonly Finding[] {
  if (facts.target === undefined) return [];
  return [checkAuthority(facts), checkMetadata(facts), checkIdentity(facts)];
}

function checkAuthority({ env, target }: Facts): Finding {
  const report = reportOn('AZURE_AUTHORITY_HOST');
  const value = env['AZURE_AUTHORITY_HOST'];
  if (value === undefined || value === '') {
    return target?.proxy === true
      ? report.ok('Not set: clients ask the authority that they have built in, which the emulator is.')
      : report.failed('Not set: clients ask Microsoft Entra ID itself.', setUp('node'));
  }
  if (URL.parse(value)?.origin === target?.origin) return report.ok(`It names the emulator, ${value}.`);
  return report.failed(
    value.startsWith('http:')
      ? `${value} is not https, which every client refuses.`
      : `${value} is not the emulator.`,
    target?.proxy === true ? 'Run: unset AZURE_AUTHORITY_HOST' : setUp('node'),
  );
}

function checkMetadata({ env, target }: Facts): Finding {
  const report = reportOn('ARM_CLOUD_METADATA_URL');
  const value = env['ARM_CLOUD_METADATA_URL'];
  if (value === undefined || value === '') {
    return target?.proxy === true
      ? report.ok('Not set: the cloud is AzureCloud.')
      : report.skipped('Not set: az and programs of aml-auth use the cloud that they have built in.');
  }
  return URL.parse(value)?.origin === target?.origin
    ? report.ok('It names the emulator.')
    : report.failed(
        `${value} is not the emulator.`,
        target?.proxy === true ? 'Run: unset ARM_CLOUD_METADATA_URL' : setUp('node'),
      );
}

function checkIdentity({ env }: Facts): Finding {
  const report = reportOn('who signs in');
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client } = env;
  const proof = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'].find(
    (name) => (env[name] ?? '') !== '',
  );
  if ((tenant ?? '') === '' || (client ?? '') === '') {
    return report.warning('AZURE_TENANT_ID and AZURE_CLIENT_ID are not both set.', setUp('node'));
  }
  return proof === undefined
    ? report.warning('There is no secret, certificate or token file.', setUp('node'))
    : report.ok(`The application ${client ?? ''}, with ${proof}.`);
}
