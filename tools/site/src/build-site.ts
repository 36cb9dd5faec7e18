import { join, resolve } from 'node:path';
import { Application, type ProjectReflection, type TypeDocOptions } from 'typedoc';
import { entryPoints, type EntryPoint } from './entry-points.ts';
import { guideRouter, guideTheme } from './guide-theme.ts';
import { wrapTables } from './wrap-tables.ts';
import { HELPER_TYPES } from './helper-types.ts';
import { ROOT, SITE, SOURCES_URL } from './repository.ts';
import { LANDING_PAGE, sectionsWith } from './sections.ts';
import { guidesOf, stagePages } from './stage-pages.ts';

const HERE = resolve(import.meta.dirname, '..');
const STAGE = join(HERE, 'out-tsc/pages');

function settings(entries: readonly EntryPoint[], pages: readonly string[]): TypeDocOptions {
  return {
    name: 'aml-auth',
    entryPoints: entries.map(({ file }) => file),
    tsconfig: join(HERE, 'tsconfig.api.json'),
    basePath: ROOT,
    readme: join(STAGE, LANDING_PAGE),
    projectDocuments: pages.map((file) => join(STAGE, file)),
    out: SITE,
    theme: 'guides',
    router: 'guides',
    customCss: join(HERE, 'src/assets/site.css'),
    favicon: join(HERE, 'src/assets/favicon.svg'),
    lightHighlightTheme: 'light-plus',
    darkHighlightTheme: 'dark-plus',
    highlightLanguages: [
      ...['bash', 'console', 'html', 'http', 'ini', 'java', 'javascript', 'json', 'python'],
      ...['typescript', 'xml', 'yaml'],
    ],
    navigation: { includeFolders: false },
    searchInComments: true,
    searchInDocuments: true,
    disableGit: true,
    sourceLinkTemplate: `${SOURCES_URL}/{path}#L{line}`,
    navigationLinks: { GitHub: 'https://github.com/aml-auth/aml-auth' },
    hideGenerator: true,
    excludeInternal: true,
    excludePrivate: true,
    markdownItLoader: wrapTables,
    markdownItOptions: { html: true, linkify: false },
    validation: { notExported: false, invalidLink: true, invalidPath: true, notDocumented: true },
    packagesRequiringDocumentation: [...new Set(entries.map(({ packageName }) => packageName))],
    requiredToBeDocumented: ['Enum', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  };
}

/**
 * Builds the site. Nothing is asked of any host.
 *
 * @returns what is wrong with it, one line each; typedoc's own findings are printed and counted
 */
export async function buildSite(): Promise<readonly string[]> {
  const sections = sectionsWith(await guidesOf(ROOT));
  const pages = sections.flatMap((section) => section.pages);
  await stagePages(STAGE, pages);
  const entries = await entryPoints(ROOT);
  const app = await Application.bootstrap(settings(entries, pages));
  app.renderer.defineTheme('guides', guideTheme({ folder: STAGE, sections }));
  app.renderer.defineRouter('guides', guideRouter({ folder: STAGE }));
  const project = await app.convert();
  if (project === undefined) return ['typedoc could not read the packages.'];
  nameModules(project, entries);
  validate(app, project, entries);
  await app.generateOutputs(project);
  const findings = app.logger.errorCount + app.logger.warningCount;
  return findings === 0 ? [] : [`typedoc has ${findings} findings.`];
}

/** Modules are called as they are imported, not as their files lie. */
function nameModules(project: ProjectReflection, entries: readonly EntryPoint[]): void {
  for (const module of project.children ?? []) {
    const file = project.getSymbolIdFromReflection(module)?.fileName;
    const entry = entries.find((one) => one.file === file);
    if (entry === undefined)
      throw new Error(`No entry point is called ${module.name} (${file ?? 'no file'}).`);
    module.name = entry.name;
  }
}

/** typedoc looks for unexported types in the package that bears the project's name: here there are several. */
function validate(app: Application, project: ProjectReflection, entries: readonly EntryPoint[]): void {
  const own = project.packageName;
  const names = [...new Set(entries.map(({ packageName }) => packageName))];
  app.validate(project);
  app.options.setValue('validation', { notExported: true, invalidLink: false, notDocumented: false });
  for (const name of names) {
    project.packageName = name;
    app.options.setValue('intentionallyNotExported', [...(HELPER_TYPES[name] ?? [])]);
    app.validate(project);
  }
  if (own === undefined) delete project.packageName;
  else project.packageName = own;
}
