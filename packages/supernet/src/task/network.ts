import type { Subnet } from "@supernet/nas";
import type { ExportedSubnet, OnnxModel } from "@supernet/nas/onnx";
import type { WeightSharing } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";
import type { WeightsFile } from "../network/load.js";
import type { ImageShape, NetworkModel } from "../network/model.js";
import type { Recipe } from "../recipe/common.js";
import type { RunContext } from "./run-context.js";

/** A kind of network that a task's subnets make, by what can be done with it. */
export interface TaskNetwork<R extends Recipe = Recipe> {
  /** For example "classifier". */
  readonly name: string;
  /** Absent if the search does not measure it. */
  readonly search?: {
    /** Before the names of its resources in limits and objectives: `backbone.flops`; "" = none; null = it is not limited. */
    readonly prefix: string | null;
    /** Whether it is measured only if a limit or an objective names it, as that needs the engine and the data. */
    readonly onDemand?: boolean;
    /** Describes it for one image of the task's `searchInput`; undefined if the space makes no such network. */
    open(run: RunContext<R>): Promise<NetworkModel | undefined>;
  };
  /** Describes it for `supernet profile`; absent if it is not profiled. */
  profile?(run: RunContext<R>): Promise<ProfiledNetwork>;
  /** Absent if no step leaves its weights. */
  readonly weights?: NetworkWeights<R>;
  /** Absent if it is not exported. */
  readonly onnx?: {
    /** Shape of the images that the model takes. */
    input(recipe: R): ImageShape;
    /** What turns pixels into what the network sees: (value / 255 - mean) / std for red, green and blue. */
    normalization(recipe: R): { readonly mean: readonly number[]; readonly std: readonly number[] };
    export(options: ExportedSubnet): OnnxModel;
  };
}

export interface ProfiledNetwork {
  /** For a person, such as "classifier of mixed-quickstart on mixed-mobilenet, 10 classes". */
  readonly title: string;
  readonly model: NetworkModel;
  /** Shape of the image unless the user gives another. */
  readonly input: ImageShape;
}

export interface NetworkWeights<R extends Recipe = Recipe> {
  /** Steps that leave the found subnet's weights in such a network. */
  readonly subnetSteps: readonly string[];
  /** Steps that leave a supernet's weights in such a network. */
  readonly supernetSteps: readonly string[];
  /**
   * Builds the network with the weights of a file: the supernet, or one subnet.
   * @throws UserError if they are another network's
   */
  load(run: RunContext<R>, file: WeightsFile, subnet?: Subnet): Promise<LoadedNetwork>;
}

export interface LoadedNetwork {
  readonly network: nn.Module;
  /** The part of it in which subnets are chosen. */
  readonly searched: WeightSharing<nn.Module>;
}
