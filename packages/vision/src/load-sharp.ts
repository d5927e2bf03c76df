/** Loads libvips when the first image needs it: JPEG files and raw data do not, and loading takes 0.1 s on each thread. */
export async function loadSharp(): Promise<typeof import("sharp")["default"]> {
  const { default: sharp } = await import("sharp");
  // Loaders have threads of their own; libvips' would only compete with them.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
