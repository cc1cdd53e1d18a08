import ts from "typescript";

/**
 * Makes a named type of each schema, so that editors and error messages say `Camera` and not a path into `components`:
 * an interface where the schema is an object, a type alias for anything else.
 *
 * @param nodes What openapi-typescript wrote.
 */
export function nameSchemas(nodes: readonly ts.Node[]): ts.Node[] {
  const schemas = findSchemas(nodes);
  const types = new Map(schemas.map(({ name, type }) => [name, type]));
  const named = schemas.map((schema) => declare(schema, types));
  const others = nodes.map((node) => withShortSchemas(node, schemas));
  return [...others, ...named].map(useNames);
}

interface NamedSchema {
  readonly name: string;
  readonly property: ts.PropertySignature;
  readonly type: ts.TypeNode;
}

function findSchemas(nodes: readonly ts.Node[]): NamedSchema[] {
  return [...(schemasMember(nodes)?.members ?? [])].flatMap((property) =>
    ts.isPropertySignature(property) && property.type
      ? [{ name: nameOf(property.name), property, type: property.type }]
      : [],
  );
}

/** The type literal of `schemas` in `export interface components`. */
function schemasMember(nodes: readonly ts.Node[]): ts.TypeLiteralNode | undefined {
  for (const node of nodes) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== "components") continue;
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || nameOf(member.name) !== "schemas" || !member.type) continue;
      if (ts.isTypeLiteralNode(member.type)) return member.type;
    }
  }
  return undefined;
}

function declare({ name, property, type }: NamedSchema, types: SchemaTypes): ts.Node {
  const exported = [ts.factory.createToken(ts.SyntaxKind.ExportKeyword)];
  const parts = membersOf(type, types);
  const declaration = parts
    ? ts.factory.createInterfaceDeclaration(exported, name, undefined, heritageOf(parts.parents), parts.members)
    : ts.factory.createTypeAliasDeclaration(exported, name, undefined, type);
  return ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(property));
}

interface InterfaceParts {
  readonly parents: readonly ts.ExpressionWithTypeArguments[];
  readonly members: readonly ts.TypeElement[];
}

/** The types of the schemas by their names. */
type SchemaTypes = ReadonlyMap<string, ts.TypeNode>;

/**
 * The parts of a type that can be an interface: an object, another interface, or an intersection of these.
 *
 * @returns undefined for any other type.
 */
function membersOf(type: ts.TypeNode, types: SchemaTypes): InterfaceParts | undefined {
  const parents: ts.ExpressionWithTypeArguments[] = [];
  const members: ts.TypeElement[] = [];
  for (const part of ts.isIntersectionTypeNode(type) ? type.types : [type]) {
    const parent = parentOf(part, types);
    if (parent) parents.push(parent);
    else if (ts.isTypeLiteralNode(part)) members.push(...part.members);
    else return undefined;
  }
  return { parents, members };
}

/** The heritage that a schema is, or a schema with `WithRequired` around it, by which some of its fields are required. */
function parentOf(type: ts.TypeNode, types: SchemaTypes): ts.ExpressionWithTypeArguments | undefined {
  if (ts.isTypeReferenceNode(type) && textOf(type.typeName) === "WithRequired") {
    const [base] = type.typeArguments ?? [];
    return base && parentOf(base, types) && heritage("WithRequired", type.typeArguments);
  }
  const name = schemaOf(type);
  const named = name === undefined ? undefined : types.get(name);
  return name && named && membersOf(named, types) ? heritage(name, undefined) : undefined;
}

function heritage(name: string, values: readonly ts.TypeNode[] | undefined): ts.ExpressionWithTypeArguments {
  return ts.factory.createExpressionWithTypeArguments(ts.factory.createIdentifier(name), values);
}

function heritageOf(parents: readonly ts.ExpressionWithTypeArguments[]): ts.HeritageClause[] | undefined {
  return parents.length === 0 ? undefined : [ts.factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, parents)];
}

/** `components.schemas` names the types in place of writing them out. */
function withShortSchemas(node: ts.Node, schemas: readonly NamedSchema[]): ts.Node {
  const short = new Map<ts.Node, ts.Node>(
    schemas.map(({ property, name }) => [
      property,
      ts.factory.createPropertySignature(undefined, property.name, undefined, ts.factory.createTypeReferenceNode(name)),
    ]),
  );
  return transform(node, (part) => short.get(part));
}

/** `components["schemas"]["Camera"]` becomes `Camera`. */
function useNames(node: ts.Node): ts.Node {
  return transform(node, (part) => {
    const name = ts.isTypeNode(part) ? schemaOf(part) : undefined;
    return name === undefined ? undefined : ts.factory.createTypeReferenceNode(name);
  });
}

/** The schema that `components["schemas"]["Camera"]` names. */
function schemaOf(type: ts.TypeNode): string | undefined {
  if (!ts.isIndexedAccessTypeNode(type) || !ts.isIndexedAccessTypeNode(type.objectType)) return undefined;
  const { objectType: components, indexType } = type.objectType;
  const isSchemas = ts.isTypeReferenceNode(components) && textOf(components.typeName) === "components";
  return isSchemas && literalOf(indexType) === "schemas" ? literalOf(type.indexType) : undefined;
}

function transform(root: ts.Node, replace: (node: ts.Node) => ts.Node | undefined): ts.Node {
  const result = ts.transform(root, [
    (context) => (start) => {
      const visit = (node: ts.Node): ts.Node => replace(node) ?? ts.visitEachChild(node, visit, context);
      return visit(start);
    },
  ]);
  return result.transformed[0] ?? root;
}

function literalOf(type: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined;
}

function textOf(name: ts.EntityName): string | undefined {
  return ts.isIdentifier(name) ? name.text : undefined;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}
