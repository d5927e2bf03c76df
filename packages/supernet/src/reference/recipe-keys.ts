import { alternatives, isRange, type JsonSchema, kindOf, typeInWords } from "./json-schema.js";

/** Kind of an object in a discriminated union, such as `kind: sgd` of an optimizer. */
export interface Kind {
  /** Path of the object. */
  readonly path: string;
  /** Key with the name of the kind. */
  readonly key: string;
  readonly name: string;
}

/** A key of a recipe. */
export interface RecipeKey {
  /** Path from the root, such as `optimizer.momentum`. */
  readonly path: string;
  readonly type: string;
  readonly description: string | undefined;
  /** Undefined if the key has no default. */
  readonly default: unknown;
  /** Whether the key may be omitted although it has no default. */
  readonly optional: boolean;
  /** Kind of the innermost object of several kinds that has the key. */
  readonly kind: Kind | undefined;
  /** Kinds of the key's object, if it has several. */
  readonly kinds: readonly (Kind & { readonly description: string | undefined })[];
}

/** Lists the keys of a section of a recipe in order, those of nested objects after the key of the object. */
export function* recipeKeys(schema: JsonSchema, path = "", outer?: Kind): Generator<RecipeKey> {
  const objects = alternatives(schema).filter(
    (member) => member.properties !== undefined && !isRange(member),
  );
  for (const object of objects) {
    const found = kindOf(object);
    const own = found && { ...found, path };
    for (const [name, inner] of Object.entries(object.properties!)) {
      if (name === own?.key) continue;
      const innerPath = path === "" ? name : `${path}.${name}`;
      const kind = own ?? outer;
      yield {
        path: innerPath,
        type: typeInWords(inner),
        description: descriptionOf(inner),
        default: inner.default,
        optional: inner.default === undefined && !object.required?.includes(name),
        kind,
        kinds: alternatives(inner).flatMap((member) => {
          const innerKind = kindOf(member);
          return innerKind === undefined
            ? []
            : [{ ...innerKind, path: innerPath, description: member.description }];
        }),
      };
      yield* recipeKeys(inner, innerPath, kind);
    }
  }
}

/** Returns the description of a key, which may be inside `nullable`. */
const descriptionOf = (schema: JsonSchema): string | undefined => {
  const members = alternatives(schema).filter(({ type }) => type !== "null");
  return schema.description ?? (members.length === 1 ? members[0]!.description : undefined);
};
