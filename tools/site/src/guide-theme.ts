import { join } from 'node:path';
import {
  DefaultTheme,
  KindRouter,
  ReflectionKind,
  type NavigationElement,
  type ProjectReflection,
  type Reflection,
} from 'typedoc';
import type { Section } from './sections.ts';

/** The staged pages. */
export interface Staged {
  /** As an absolute path; pages lie below it as in the repository. */
  readonly folder: string;
  readonly sections: readonly Section[];
}

/** Pages by what a person wants to do, and the API by entry point. */
export function guideTheme({ folder, sections }: Staged): typeof DefaultTheme {
  return class GuideTheme extends DefaultTheme {
    override buildNavigation(project: ProjectReflection): NavigationElement[] {
      const byFile = new Map(
        (project.documents ?? []).map((page) => [project.files.getReflectionPath(page), page]),
      );
      const guides = sections.map(({ title, pages }) => ({
        text: title,
        children: pages.flatMap((file) => {
          const page = byFile.get(join(folder, file) as never);
          if (page === undefined) return [];
          return [{ text: page.name, path: this.router.getFullUrl(page), kind: ReflectionKind.Document }];
        }),
      }));
      const modules = super.buildNavigation(project).filter(({ kind }) => kind === ReflectionKind.Module);
      return [...guides, { text: 'API by entry point', children: modules }];
    }
  };
}

/** Addresses of guides follow their place in the repository: `guides/credentials/browser.html`. */
export function guideRouter({ folder }: Pick<Staged, 'folder'>): typeof KindRouter {
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
