import { join } from "node:path";
import { writeFileAtomic, writeJson } from "@supernet/base";
import { encodeModel, exportStandaloneLayer } from "@supernet/nas/onnx";
import { buildStandaloneLayer, disposeModule } from "@supernet/nas/supernet";
import { type LatencySubject, measuredLayers } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/** Latency table without times, to be filled in. */
export type UnmeasuredTable = Omit<LatencyTable, "layers"> & {
  readonly layers: readonly (Omit<LatencyTable["layers"][number], "milliseconds"> & {
    readonly milliseconds: null;
  })[];
};

/**
 * Writes every layer that some subnet has to its own ONNX file, and a table without times to `table.json`. Use it to
 * measure layers on a device that supernet does not support.
 */
export function exportLayers(subject: LatencySubject, folder: string): UnmeasuredTable {
  const { space, inputOf } = subject;
  const placed = measuredLayers(subject);
  const digits = String(placed.length - 1).length;
  const layers = placed.map(({ layer, input: shape, part }, i) => {
    const file = `${String(i).padStart(digits, "0")}-${part}.onnx`;
    const module = buildStandaloneLayer({ layer, input: shape, part });
    writeFileAtomic(join(folder, file), encodeModel(exportStandaloneLayer(layer, shape, module.stateDict())));
    disposeModule(module);
    return { layer: { ...layer }, input: [...shape], file, milliseconds: null };
  });
  const table: UnmeasuredTable = {
    format: "supernet latency table 2",
    measured: { device: "?", processor: "?", threads: 1, batch: 1, engine: "?" },
    space: space.name,
    input: [...inputOf()],
    layers,
    surroundings: [],
  };
  writeJson(join(folder, "table.json"), table);
  return table;
}
