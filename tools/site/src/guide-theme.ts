import { join } from 'node:path';
import {
  DefaultTheme,
  KindRouter,
  ReflectionKind,
  type NavigationElement,
  type ProjectReflection,
  type Reflection,
} from 'typedoc';
import { SECTIONS } from './sections.ts';

/** The folder of the staged pages; set by the build before anything is rendered. */
export interface Staged {
  readonly folder: string;
}

/** Pages by what a person wants to do, and the API by entry point. */
export function guideTheme({ folder }: Staged): typeof DefaultTheme {
  return class GuideTheme extends DefaultTheme {
    override buildNavigation(project: ProjectReflection): NavigationElement[] {
      const byFile = new Map(
        (project.documents ?? []).map((page) => [project.files.getReflectionPath(page), page]),
      );
      const sections = SECTIONS.map(({ title, pages }) => ({
        text: title,
        children: pages.flatMap((file) => {
          const page = byFile.get(join(folder, file) as never);
          if (page === undefined) return [];
          return [{ text: page.name, path: this.router.getFullUrl(page), kind: ReflectionKind.Document }];
        }),
      }));
      const modules = super.buildNavigation(project).filter(({ kind }) => kind === ReflectionKind.Module);
      return [...sections, { text: 'API by entry point', children: modules }];
    }
  };
}

/** Addresses of guides follow their place in the repository: `guides/credentials/browser.html`. */
export function guideRouter({ folder }: Staged): typeof KindRouter {
  return class GuideRouter extends KindRouter {
    protected override getIdealBaseName(reflection: Reflection): string {
      const path = reflection.isDocument()
        ? reflection.project.files.getReflectionPath(reflection)
        : undefined;
      if (path === undefined) return super.getIdealBaseName(reflection);
      const place = path.slice(folder.length + 1).replace(/^docs\//, '');
      return `guides/${place.replace(/(\/README)?\.md$/, '').toLowerCase()}`;
    }
  };
}
