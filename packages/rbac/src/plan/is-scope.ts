import { parseScope } from '@aml-auth/permissions';

/** Whether a text is the id of something that roles can be assigned at. */
export function isScope(text: string): boolean {
  try {
    parseScope(text);
    return true;
  } catch {
    return false;
  }
}
