import type { nn, Tensor } from "@supernet/torch";

type Forward = (x: Tensor) => Tensor;

/**
 * Runs `body` while modules of a network do something else in their forward pass, then makes them as they were.
 * @param replacement what a module does instead, told what it does by itself; undefined leaves it alone
 */
export function withForward<T>(
  network: nn.Module,
  replacement: (module: nn.Module, forward: Forward, path: string) => Forward | undefined,
  body: () => T,
): T {
  const replaced: nn.Module[] = [];
  try {
    for (const [path, module] of network.namedModules()) {
      if (!hasForward(module)) continue;
      const own = module.forward;
      const value = replacement(module, (x) => own.call(module, x), path);
      if (value === undefined) continue;
      Object.defineProperty(module, "forward", { value, configurable: true });
      replaced.push(module);
    }
    return body();
  } finally {
    // The class's own forward shows again.
    for (const module of replaced) Reflect.deleteProperty(module, "forward");
  }
}

const hasForward = (module: nn.Module): module is nn.Layer => "forward" in module;
