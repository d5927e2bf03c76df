/** @throws TypeError naming the function if `space` is not the space of a network */
export function requireNetworkSpace(subject: string, space: unknown): void {
  if (!Array.isArray((space as { readonly backbone: unknown } | undefined)?.backbone))
    throw new TypeError(`${subject}: space must be a space that defineSpace returns, got ${space}`);
}
