import { jsonAnswer, Refusal } from '../../http/answer.js';

/** 400 `ValidationError` as Azure Machine Learning gives it about a workspace: the reason stands in `details` too. */
export function workspaceInvalid(message: string): Refusal {
  const detail = { code: 'Invalid', message, target: 'workspace', details: [] };
  const error = { code: 'ValidationError', message, target: 'workspace', details: [detail] };
  return new Refusal(() => jsonAnswer(400, { error }, { 'x-ms-error-code': error.code }));
}
