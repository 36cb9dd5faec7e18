import ts from 'typescript';

/** A docstring that begins with a tag says what is thrown or returned, and not what the thing is. */
export function hasDocstring(declaration: ts.Declaration): boolean {
  return docstrings(declaration).some((text) => /^\/\*\*[\s*]*[^\s*@/]/.test(text));
}

/** Whether it names a document that describes its members: `@see https://…`. */
export function namesDocument(declaration: ts.Declaration): boolean {
  return docstrings(declaration).some((text) => /@see\b[^@]*?https:\/\//.test(text));
}

/** Comments of a `const` stand at its statement, two nodes up. */
function docstrings(declaration: ts.Declaration): readonly string[] {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const text = node.getSourceFile().text;
  return (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
    .map(({ pos, end }) => text.slice(pos, end))
    .filter((comment) => comment.startsWith('/**'));
}

/** Whether a docstring stands in front of `| { … }`; the parser keeps it with the bar, not with the branch. */
export function isDocumentedBranch(union: ts.UnionTypeNode, branch: ts.Node): boolean {
  const before = union.types.filter((type) => type.end <= branch.pos).at(-1)?.end ?? union.pos;
  const text = union.getSourceFile().text.slice(before, branch.getStart());
  return /\/\*\*[^]*[\p{L}\p{N}][^]*\*\//u.test(text);
}
