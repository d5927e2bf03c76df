// Serves the page of this folder with a detector: node examples/browser/serve.mjs MODEL [PORT]
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const onnxruntime = dirname(createRequire(import.meta.url).resolve("onnxruntime-web"));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves the page with an exported detector.
 * @param model path of the ONNX file
 * @param port 0 for any free one
 * @returns the listening server
 */
export async function serve(model, port) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.js")],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    write: false,
  });
  const fileOf = (path) => {
    if (path === "/model.onnx") return model;
    if (path.startsWith("/onnxruntime/")) return join(onnxruntime, basename(path));
    return join(folder, path === "/" ? "index.html" : basename(path));
  };
  const server = createServer(({ url }, response) => {
    const path = new URL(url, "http://localhost").pathname;
    const file = fileOf(path);
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    // With these, ONNX Runtime can use several threads.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (path === "/bundle.js") response.end(outputFiles[0].contents);
    else if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [model, port = "8080"] = process.argv.slice(2);
  if (model === undefined || !existsSync(model)) {
    console.error(`usage: node examples/browser/serve.mjs MODEL [PORT]; MODEL is a detector's ONNX file`);
    process.exit(2);
  }
  const server = await serve(model, Number(port));
  console.log(`open http://localhost:${server.address().port}`);
}
