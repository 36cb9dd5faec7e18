import { registerHooks } from 'node:module';
import type * as parser from '@actions/workflow-parser';

/** What GitHub itself would refuse in a workflow: unknown keys and events, missing ones, expressions that do not parse. */
export async function schemaProblems(text: string): Promise<readonly string[]> {
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await workflowParser();
  const { context, value } = parseWorkflow({ name: 'workflow', content: text }, new NoOperationTraceWriter());
  // Some mistakes are found only as the parts are put together.
  if (value !== undefined && context.errors.count === 0) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message.replace(/^workflow \(/, '('));
}

/** GitHub's own parser. It imports its schema as Node.js does only when told that it is JSON. */
async function workflowParser(): Promise<typeof parser> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return specifier.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found;
    },
  });
  try {
    return await import('@actions/workflow-parser');
  } finally {
    hooks.deregister();
  }
}
