/** A part of a JSON Schema, as far as it is read here. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly deprecated?: boolean;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly else?: Schema;
  readonly then?: Schema;
}

/** A field of a component, as the reference shows it. */
export interface Field {
  readonly name: string;
  /** Markdown: `string`, list of [X](…) … */
  readonly type: string;
  readonly required: boolean;
  readonly default: string | undefined;
  readonly about: string;
  /** What its templates see; undefined where it is no template. */
  readonly sees: string | undefined;
}

/** Where the entry of a component is; undefined for what is none. */
type LinkTo = (type: string) => string | undefined;

/** The fields of a component. `linkTo` gives the address of another component's entry. */
export function fieldsOf(part: Schema, required: readonly string[], linkTo: LinkTo): readonly Field[] {
  return Object.entries(part.properties ?? {})
    .filter(([name]) => !["type", "$ref", "$parameters"].includes(name))
    .map(([name, schema]) => fieldOf(name, schema, required.includes(name), linkTo));
}

function fieldOf(name: string, schema: Schema, required: boolean, linkTo: LinkTo): Field {
  const [about = "", sees] = (schema.description ?? "").split(/\s*May see: /);
  return {
    name,
    type: typeOf(schema, linkTo),
    required,
    default: schema.default === undefined ? undefined : JSON.stringify(schema.default),
    about: [schema.deprecated === true ? "**Deprecated.**" : "", about, limitsOf(schema)].filter(Boolean).join(" "),
    sees: sees?.replace(/\.$/, ""),
  };
}

function typeOf(schema: Schema, linkTo: LinkTo): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
    const link = linkTo(name);
    return link === undefined ? "any" : `[${name}](${link})`;
  }
  if (schema.anyOf !== undefined) {
    const types = schema.anyOf.filter((each) => !isReference(each)).map((each) => typeOf(each, linkTo));
    return [...new Set(types)].join(" or ");
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.type === "array") return `list of ${schema.items === undefined ? "any" : typeOf(schema.items, linkTo)}`;
  if (schema.properties !== undefined) {
    const names = Object.keys(schema.properties).map((name) =>
      schema.required?.includes(name) === true ? `\`${name}\`` : `\`${name}\`?`,
    );
    return `object of ${names.join(", ")}`;
  }
  if (typeof schema.additionalProperties === "object")
    return `object of ${typeOf(schema.additionalProperties, linkTo)}`;
  return schema.type ?? "any";
}

/** In place of any value may stand a reference to one: that is said once, not at every field. */
const isReference = ({ $ref }: Schema): boolean => /\/(?:reference|pointer)$/.test($ref ?? "");

function limitsOf(schema: Schema): string {
  const all = [schema, ...(schema.anyOf ?? [])];
  const minimum = all.find((each) => each.minimum !== undefined)?.minimum;
  const above = all.find((each) => each.exclusiveMinimum !== undefined)?.exclusiveMinimum;
  const items = all.find((each) => each.minItems !== undefined)?.minItems;
  return [
    minimum === undefined || minimum < Number.MIN_SAFE_INTEGER + 1 ? "" : `At least ${minimum}.`,
    above === undefined ? "" : `More than ${above}.`,
    items === undefined ? "" : `At least ${items} of them.`,
  ]
    .filter(Boolean)
    .join(" ");
}
