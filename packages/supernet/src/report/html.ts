/** Markup that is safe to put into a page as it is. */
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

/** Markup of a template; every value is escaped unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = parts.map((part, i) => part + (i < values.length ? shown(values[i]) : "")).join("");
  return new SafeText(text) as unknown as Markup;
}

/** Carries the mark that its text is escaped. */
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
