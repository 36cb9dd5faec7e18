import { AmlAuthError } from '@aml-auth/core';
import type { Locale } from '../../messages/messages.js';
import type { DemoWorld } from './demo-world.js';
import type { Texts } from './texts.js';

/** What a workflow found, as lines for people. */
export type Story = (locale: Locale) => readonly string[];

/** One thing that the documentation promises, done before the reader's eyes. */
export interface Workflow {
  /** For the command line and the summary. */
  readonly name: string;
  /** What it shows. */
  readonly title: Texts;
  /** Does it for real, and throws where it does not do what it promises. {@link Skipped} where it cannot be shown here. */
  readonly run: (world: DemoWorld) => Promise<Story>;
}

/** A workflow: its work gives facts, and pure functions tell them. */
export interface WorkflowParts<FACTS> {
  readonly name: string;
  readonly title: Texts;
  readonly run: (world: DemoWorld) => Promise<FACTS>;
  readonly tell: Readonly<Record<Locale, (facts: FACTS) => readonly string[]>>;
}

/** Hides what the facts are. */
export function defineWorkflow<FACTS>({ name, title, run, tell }: WorkflowParts<FACTS>): Workflow {
  return {
    name,
    title,
    run: async (world) => {
      const facts = await run(world);
      return (locale) => tell[locale](facts);
    },
  };
}

/** A workflow that cannot be shown on this machine. No failure. */
export class Skipped extends Error {
  readonly why: Texts;

  constructor(why: Texts) {
    super(why.en);
    this.why = why;
  }
}

/** Ends a workflow that does not do what it promises. */
export function requirePromise(kept: boolean, otherwise: string): asserts kept {
  if (!kept) throw new AmlAuthError({ code: 'AML_UNEXPECTED', message: otherwise });
}
