/** Loads libvips on first use. It takes 0.1 s on each thread, and JPEG files and raw data do not need it. */
export async function loadSharp(): Promise<typeof import("sharp")["default"]> {
  const { default: sharp } = await import("sharp");
  // Threads of libvips would compete with the loader's threads.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
