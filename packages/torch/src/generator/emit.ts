import type { SchemaParameter } from "../engine/native.js";
import { camelCase, type OperatorGroup, type Overload } from "./select.js";

const types: Readonly<Record<string, string>> = {
  Tensor: "Tensor",
  "Tensor[]": "readonly Tensor[]",
  "Tensor?[]": "readonly (Tensor | undefined)[]",
  int: "number | bigint",
  float: "number",
  Scalar: "number | bigint | boolean",
  bool: "boolean",
  string: "string",
  dtype: "DType",
  device: "string",
  memoryFormat: "MemoryFormat",
  "int[]": "readonly number[]",
  "float[]": "readonly number[]",
  "bool[]": "readonly boolean[]",
  "Scalar[]": "readonly number[]",
};

const reserved = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);

const identifier = (name: string): string => {
  const camel = camelCase(name);
  return reserved.has(camel) ? `${camel}$` : camel;
};

function typeOf(parameter: SchemaParameter): string {
  const base = types[parameter.kind]!;
  const type = parameter.kind === "int[]" && parameter.fixedLength > 0 ? `number | ${base}` : base;
  return parameter.optional ? `${type} | undefined` : type;
}

const mayBeOmitted = (parameter: SchemaParameter): boolean => parameter.hasDefault || parameter.optional;

function resultType({ schema, inPlace }: Overload): string {
  if (inPlace) return "Tensor";
  const kinds = schema.results.map((kind) =>
    kind === "Tensor[]" ? "Tensor[]" : kind === "Tensor" ? "Tensor" : plainResult(kind),
  );
  if (kinds.length === 0) return "void";
  return kinds.length === 1 ? kinds[0]! : `[${kinds.join(", ")}]`;
}

const plainResult = (kind: string): string =>
  kind === "bool"
    ? "boolean"
    : kind === "int" || kind === "float" || kind === "Scalar"
      ? "number"
      : "unknown";

/** Returns the typed parameter list. A parameter is optional only if all that follow are. */
function emitSignature(overload: Overload, from: number): string {
  const parameters = overload.positional.slice(from);
  const lastNeeded = parameters.findLastIndex((parameter) => !mayBeOmitted(parameter));
  const needsOptions = overload.keywords.some((parameter) => !parameter.hasDefault && !parameter.optional);
  const written = parameters.map((parameter, i) => {
    const optional = i > lastNeeded && !needsOptions;
    const type = typeOf(parameter);
    const open = mayBeOmitted(parameter) && !optional && !parameter.optional ? `${type} | undefined` : type;
    return `${identifier(parameter.name)}${optional ? "?" : ""}: ${open}`;
  });
  if (overload.keywords.length > 0) {
    const keys = overload.keywords.map((parameter) => {
      const optional = mayBeOmitted(parameter);
      return `${camelCase(parameter.name)}${optional ? "?" : ""}: ${typeOf(parameter)}${optional && !parameter.optional ? " | undefined" : ""}`;
    });
    written.push(`options${needsOptions ? "" : "?"}: { ${keys.join("; ")} }`);
  }
  return written.join(", ");
}

/** Returns an expression that tests whether `value` can be an argument for `parameter`. */
function emitTest(parameter: SchemaParameter, value: string): string {
  const kinds: Readonly<Record<string, string>> = {
    Tensor: `isTensor(${value})`,
    "Tensor[]": `isTensors(${value})`,
    "Tensor?[]": `isTensors(${value})`,
    int: `isNumber(${value})`,
    float: `isNumber(${value})`,
    Scalar: `isNumber(${value})`,
    bool: `typeof ${value} === "boolean"`,
    "int[]": `isNumbers(${value})`,
    "float[]": `isNumbers(${value})`,
    "bool[]": `isNumbers(${value})`,
    "Scalar[]": `isNumbers(${value})`,
  };
  const exact = kinds[parameter.kind] ?? `typeof ${value} === "string"`;
  return mayBeOmitted(parameter) ? `(${value} === undefined || ${exact})` : exact;
}

/** Returns the condition on a call's arguments for this overload, without tests that all overloads have in common. */
function emitCondition(group: OperatorGroup, overload: Overload, arity: number): string {
  const tests: string[] = [];
  for (let i = 0; i < arity; i++) {
    const parameter = overload.positional[i];
    const same = group.overloads.every((other) => {
      const peer = other.positional[i];
      return peer && parameter && emitTest(peer, "") === emitTest(parameter, "");
    });
    if (same) continue;
    if (parameter) tests.push(emitTest(parameter, `a${i}`));
    else if (i === overload.positional.length && overload.keywords.length > 0) tests.push(`isOptions(a${i})`);
    else tests.push(`a${i} === undefined`);
  }
  const options = optionsAt(overload);
  for (const keyword of overload.keywords) {
    if (keyword.hasDefault) continue;
    tests.push(`${options}?.${camelCase(keyword.name)} !== undefined`);
  }
  return tests.join(" && ") || "true";
}

const optionsAt = (overload: Overload): string => `(a${overload.positional.length} as Options)`;

/** Returns the statement that rejects unknown options, which would be ignored. Empty if there are no options. */
function emitOptionsCheck({ schema, positional, keywords }: Overload): string {
  if (keywords.length === 0) return "";
  const keys = JSON.stringify(keywords.map(({ name }) => camelCase(name))).replaceAll(",", ", ");
  const value = `a${positional.length}`;
  return `if (${value} !== undefined) checkOptions("${schema.name}", ${value}, ${keys});\n    `;
}

/** Returns the call of the native operator with the schema's full parameter list. Unsupported ones are undefined. */
function emitCall(overload: Overload, variable: string): string {
  const { schema, inPlace } = overload;
  const make = inPlace ? "inPlaceOperator" : "operator";
  let position = 0;
  const passed = schema.parameters.map((parameter) => {
    if (overload.positional.includes(parameter)) return emitArgument(parameter, `a${position++}`);
    if (overload.keywords.includes(parameter)) {
      return emitArgument(parameter, `${optionsAt(overload)}?.${camelCase(parameter.name)}`);
    }
    return "undefined";
  });
  while (passed.at(-1) === "undefined") passed.pop();
  const invocation = `(${variable} ??= ${make}(${JSON.stringify(schema.name)}, ${JSON.stringify(schema.overload)}))(${passed.join(", ")})`;
  return emitOptionsCheck(overload) + emitReturn(overload, invocation);
}

function emitArgument(parameter: SchemaParameter, value: string): string {
  if (parameter.kind === "Tensor") return `handleOf(${value})`;
  return parameter.kind.startsWith("Tensor") ? `handlesOf(${value})` : value;
}

function emitReturn({ schema, inPlace }: Overload, invocation: string): string {
  if (inPlace) return `${invocation};\n    return a0 as Tensor;`;
  const { results } = schema;
  if (results.length === 0) return `${invocation};\n    return;`;
  if (results.length === 1) {
    if (results[0] === "Tensor") return `return wrap(${invocation});`;
    return results[0] === "Tensor[]" ? `return wrapList(${invocation});` : `return ${invocation};`;
  }
  const kinds = results.map((kind) => (kind === "Tensor" ? "T" : kind === "Tensor[]" ? "L" : "V")).join("");
  return `return wrapTuple(${invocation}, "${kinds}");`;
}

const arityOf = (group: OperatorGroup): number =>
  Math.max(
    ...group.overloads.map(({ positional, keywords }) => positional.length + (keywords.length > 0 ? 1 : 0)),
  );

function emitFunction(group: OperatorGroup): string {
  const name = reserved.has(group.name) ? `${group.name}$` : group.name;
  const arity = arityOf(group);
  const slots = Array.from({ length: arity }, (_, i) => `a${i}?: unknown`).join(", ");
  const variables = group.overloads.map((_, i) => `${name}$${i}`);
  const signatures = group.overloads.map(
    (overload) => `export function ${name}(${emitSignature(overload, 0)}): ${resultType(overload)};`,
  );
  const last = group.overloads.length - 1;
  const body = group.overloads.map((overload, i) =>
    i === last
      ? `  ${emitCall(overload, variables[i]!).replaceAll("\n    ", "\n  ")}`
      : `  if (${emitCondition(group, overload, arity)}) {\n    ${emitCall(overload, variables[i]!)}\n  }`,
  );
  return [
    `let ${variables.map((variable) => `${variable}: NativeOperator | undefined`).join(", ")};`,
    ...signatures,
    `export function ${name}(${slots}): unknown {`,
    ...body,
    "}",
    ...(name === group.name ? [] : [`export { ${name} as ${group.name} };`]),
  ].join("\n");
}

const methodOverloads = (group: OperatorGroup): Overload[] =>
  group.overloads.filter(
    ({ positional }) => positional[0]?.name === "self" && positional[0].kind === "Tensor",
  );

/** Returns the typed declarations of a method, for the interface of `Tensor`. */
const emitMethodTypes = (group: OperatorGroup): string =>
  methodOverloads(group)
    .map((overload) => `    ${group.name}(${emitSignature(overload, 1)}): ${resultType(overload)};`)
    .join("\n");

/** Returns the method, which calls the function of the same name with the tensor as the first argument. */
function emitMethod(group: OperatorGroup): string {
  const arity = arityOf(group) - 1;
  const slots = Array.from({ length: arity }, (_, i) => `a${i}?: unknown`).join(", ");
  const passed = Array.from({ length: arity }, (_, i) => `, a${i}`).join("");
  return [
    `  ${group.name}(${slots}): unknown {`,
    `    return (ops.${group.name} as Untyped)(this${passed});`,
    "  }",
  ].join("\n");
}

const banner = (version: string): string =>
  `// Written by src/generator from the schemas of libtorch ${version}; do not edit.\n`;

/** Returns the module with one function per operator. */
export function emitFunctions(groups: readonly OperatorGroup[], version: string): string {
  return `${banner(version)}import {
  checkOptions, handleOf, handlesOf, inPlaceOperator, isNumber, isNumbers, isOptions, isTensor, isTensors, operator,
  wrapList, wrapTuple,
} from "../call.js";
import type { NativeOperator } from "../native.js";
import { type DType, type MemoryFormat, type Tensor, wrap } from "../tensor.js";

type Options = Record<string, unknown> | undefined;

${groups.map(emitFunction).join("\n\n")}
`;
}

/** Returns the module that adds operators whose first argument is a tensor to the class `Tensor`, as methods. */
export function emitMethods(groups: readonly OperatorGroup[], version: string): string {
  const methods = groups.filter((group) => methodOverloads(group).length > 0);
  return `${banner(version)}import { Tensor } from "../tensor.js";
import * as ops from "./ops.js";

declare module "../tensor.js" {
  interface Tensor {
${methods.map(emitMethodTypes).join("\n")}
  }
}

type Untyped = (...values: unknown[]) => unknown;

class Methods {
${methods.map(emitMethod).join("\n\n")}
}

const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(Methods.prototype);
Object.defineProperties(Tensor.prototype, methods);
`;
}
