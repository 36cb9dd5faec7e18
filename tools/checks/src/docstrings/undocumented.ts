import ts from 'typescript';
import { hasDocstring, isDocumentedBranch, namesDocument } from './read-docstring.ts';

/** Something that a package exports and no docstring explains. */
export interface Undocumented {
  /** Its source, as the compiler names it: absolute where the entry points are. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** `TokenStore.read` for a member, the name of an export otherwise. */
  readonly name: string;
}

/**
 * What entry points export, and the members of it, that have no docstring. What counts as documented is said in
 * CONTRIBUTING.md: a docstring of its own; for the members of an interface, a class or a type also an `@see` with an
 * address, which names the document that describes them all; and for the members of an object type that stands in
 * the type of a documented member, the docstring of that member. Members that only tell the members of a union
 * apart (`readonly kind: 'role'`), those named by a symbol and those that override need none.
 *
 * Only relative imports are followed: what another package declares is that package's to document.
 *
 * @param entries - sources of entry points, as absolute paths
 */
export function undocumented(entries: readonly string[]): readonly Undocumented[] {
  const program = ts.createProgram({ rootNames: [...entries], options: OPTIONS, host: relativeHost() });
  const checker = program.getTypeChecker();
  const symbols = new Set<ts.Symbol>();
  for (const entry of entries) {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} is not a module.`);
    for (const symbol of checker.getExportsOfModule(module)) symbols.add(original(checker, symbol));
  }
  // A set that grows while it is walked: types that an export is made of are seen by its users, too.
  for (const symbol of symbols) for (const part of partsOf(checker, symbol)) symbols.add(part);
  return [...symbols].flatMap((symbol) => gapsOf(symbol));
}

const OPTIONS: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noEmit: true,
  noLib: true,
  types: [],
};

/** Finds no package: reading thousands of declarations of other people would take most of the time. */
function relativeHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  host.resolveModuleNameLiterals = (literals, file, _redirected, options) =>
    literals.map(({ text }) =>
      text.startsWith('.')
        ? ts.resolveModuleName(text, file, options, host, undefined, undefined, ts.ModuleKind.ESNext)
        : { resolvedModule: undefined },
    );
  return host;
}

function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The types that interfaces extend, and that type aliases are made of. */
function partsOf(checker: ts.TypeChecker, symbol: ts.Symbol): readonly ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const part = name === undefined ? undefined : checker.getSymbolAtLocation(name);
    if (part !== undefined) found.push(original(checker, part));
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isTypeAliasDeclaration(declaration)) visit(declaration.type);
    else if (ts.isInterfaceDeclaration(declaration)) declaration.heritageClauses?.forEach(visit);
  }
  return found.filter(({ flags }) => (flags & ts.SymbolFlags.TypeParameter) === 0);
}

/** A name may be declared more than once, as overloads are, or a class and an interface: one docstring serves all. */
function gapsOf(symbol: ts.Symbol): readonly Undocumented[] {
  const declarations = symbol.declarations ?? [];
  const [first] = declarations;
  if (first === undefined) return [];
  const own = declarations.some(hasDocstring) ? [] : [gap(first, symbol.name)];
  return [...own, ...declarations.flatMap((declaration) => memberGaps(declaration, symbol.name))];
}

function memberGaps(declaration: ts.Declaration, owner: string): readonly Undocumented[] {
  if (namesDocument(declaration)) return [];
  const members = membersOf(declaration);
  const documented = new Set(members.filter(hasDocstring).map(nameOf));
  return members
    .filter((member) => needsDocstring(member) && !documented.has(nameOf(member)))
    .map((member) => gap(member, `${owner}.${nameOf(member)}`));
}

/** The members that a declaration spells out itself; those of types that it only refers to are theirs. */
function membersOf(declaration: ts.Declaration): readonly ts.NamedDeclaration[] {
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration))
    return [...declaration.members];
  if (ts.isEnumDeclaration(declaration)) return [...declaration.members];
  if (ts.isTypeAliasDeclaration(declaration)) return literalMembers(declaration.type);
  if (ts.isVariableDeclaration(declaration) && declaration.type) return literalMembers(declaration.type);
  if (ts.isFunctionDeclaration(declaration)) {
    return declaration.parameters.flatMap(({ type }) => (type === undefined ? [] : literalMembers(type)));
  }
  return [];
}

function literalMembers(type: ts.Node): readonly ts.NamedDeclaration[] {
  if (ts.isTypeLiteralNode(type)) return [...type.members];
  // What a type is compared with is a question, and not a part of the answer.
  if (ts.isConditionalTypeNode(type)) return [type.trueType, type.falseType].flatMap(literalMembers);
  const found: ts.NamedDeclaration[] = [];
  ts.forEachChild(type, (child) => {
    if (!ts.isUnionTypeNode(type) || !isDocumentedBranch(type, child)) found.push(...literalMembers(child));
  });
  return found;
}

function needsDocstring(member: ts.NamedDeclaration): boolean {
  const { name } = member;
  if (name === undefined || ts.isPrivateIdentifier(name) || ts.isComputedPropertyName(name)) return false;
  if (ts.isPropertySignature(member) && isTag(member.type)) return false;
  const flags = ts.getCombinedModifierFlags(member);
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override)) === 0;
}

function nameOf(member: ts.NamedDeclaration): string {
  return member.name?.getText() ?? '';
}

function gap(node: ts.Node, name: string): Undocumented {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return { file: source.fileName, line: line + 1, name };
}

/** One literal, or `undefined` where a union keeps a member out: the type says all. */
function isTag(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && (ts.isLiteralTypeNode(type) || type.kind === ts.SyntaxKind.UndefinedKeyword);
}
