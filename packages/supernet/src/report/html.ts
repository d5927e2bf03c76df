/** Markup that is safe to insert into a page. */
export type Markup = string & { readonly markup: unique symbol };

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);

type Value = Markup | string | number | undefined | readonly Markup[];

/** Creates markup from a template. Values are escaped unless they are markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = parts.map((part, i) => part + (i < values.length ? shown(values[i]) : "")).join("");
  return new SafeText(text) as unknown as Markup;
}

/** Text that is already escaped. */
class SafeText {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

function shown(value: Value): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join("");
  return (value as unknown) instanceof SafeText ? String(value) : escaped(String(value));
}
