import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { readProjects, targetsOf, type Project } from '../workspace/read-projects.ts';

/** The interface of one entry point, as text. */
export interface ApiReport {
  /** Where it is kept, from the root of the repository: `packages/core/api/index.api.md`. */
  readonly file: string;
  readonly text: string;
}

/** What every entry point of every published package declares now, read from the built declarations. */
export async function apiReports(root: string): Promise<readonly ApiReport[]> {
  const work = await mkdtemp(join(tmpdir(), 'aml-auth-api-'));
  try {
    const reports: ApiReport[] = [];
    for (const project of (await readProjects(root)).filter(({ published }) => published)) {
      for (const declarations of declarationsOf(project)) {
        reports.push(await report(root, project, declarations, work));
      }
    }
    return reports;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** From the folder of the project: `dist/index.d.ts`. */
function declarationsOf({ manifest }: Project): readonly string[] {
  return Object.values(manifest.exports ?? {})
    .flatMap(targetsOf)
    .filter((file) => file.endsWith('.d.ts'));
}

async function report(
  root: string,
  { dir, manifest }: Project,
  declarations: string,
  work: string,
): Promise<ApiReport> {
  const folder = join(root, dir);
  const entry = declarations.replace(/^\.\/dist\//, '').replace(/\.d\.ts$/, '');
  const name = `${entry.replace(/\/index$/, '').replaceAll('/', '-')}.api.md`;
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, declarations),
      compiler: { overrideTsconfig: compilerSettings(join(folder, declarations)) },
      apiReport: {
        enabled: true,
        // Types that are reachable though not exported are part of what users see.
        includeForgottenExports: true,
        reportFileName: name,
        reportFolder: work,
        reportTempFolder: join(work, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: SILENT,
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const problems: string[] = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
    },
  });
  if (!succeeded) throw new Error(`the interface of ${manifest.name} cannot be read: ${problems.join('; ')}`);
  const text = (await readFile(join(work, name), 'utf8')).replaceAll('\r\n', '\n');
  await rm(join(work, name));
  return { file: `${dir}/api/${name}`, text };
}

/** The compiler and the tests say what is wrong with declarations; here only their text counts. */
const SILENT = {
  compilerMessageReporting: { default: { logLevel: 'none' } },
  extractorMessageReporting: { default: { logLevel: 'none' } },
  tsdocMessageReporting: { default: { logLevel: 'none' } },
} as unknown as NonNullable<Parameters<typeof ExtractorConfig.prepare>[0]['configObject']['messages']>;

function compilerSettings(file: string): object {
  const compilerOptions = {
    module: 'nodenext',
    moduleResolution: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
  };
  return { compilerOptions, files: [file] };
}
