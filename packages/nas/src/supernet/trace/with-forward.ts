import type { nn, Tensor } from "@supernet/torch";

type Forward = (x: Tensor) => Tensor;

/**
 * Runs `body` with the forward passes of some modules replaced, then restores them.
 * @param replacement called with each module and its forward pass; returns the replacement, or undefined to keep it
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
    // Deleting the instance's property restores the method of its class.
    for (const module of replaced) Reflect.deleteProperty(module, "forward");
  }
}

const hasForward = (module: nn.Module): module is nn.Layer => "forward" in module;
