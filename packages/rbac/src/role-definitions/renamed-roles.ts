/**
 * Former names of built-in roles, in lower case, to their GUIDs, which stay. The names are those by which
 * documentation of Azure AI called them before they became roles of Foundry.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'azure ai user': '53ca6127-db72-4b80-b1b0-d745d6d5456d',
  'azure ai owner': 'c883944f-8b7b-4483-af10-35834be79c4a',
  'azure ai project manager': 'eadc314b-1a2d-4efa-be10-5d325db5065e',
};

/** The GUID of the role that once had this name. */
export function renamedRole(roleName: string): string | undefined {
  const name = roleName.trim().toLowerCase();
  return Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
}
