import type { NetworkSpace, Subnet } from "@supernet/nas";
import type { Tensor } from "@supernet/torch";

/** Tensors by name. */
export type State = ReadonlyMap<string, Tensor>;

/** The network that weights are for. */
export interface MappedNetwork {
  readonly space: NetworkSpace;
  /** Undefined for a supernet. */
  readonly subnet?: Subnet | undefined;
}

/** Conversion of weights between the layout of another project and supernet's. */
export interface Mapping {
  /** Whether weights have the layout, judging by names that no other layout has. */
  matches(names: readonly string[]): boolean;
  /** Describes why weights with the layout do not fit a space, and what to change; undefined if they may. */
  problem?(space: NetworkSpace): string | undefined;
  /** Converts to supernet's layout. Names without a counterpart stay as they are. */
  toOurs(state: State, space: NetworkSpace): State;
  /**
   * Converts to the other project's layout. Absent if its networks are others.
   * @throws UserError if the other project's network has no place for a tensor
   */
  toTheirs?(state: State, network: MappedNetwork): State;
  /** Returns the choices of a subnet whose names contain them; undefined for a supernet. */
  choices?(state: State, space: NetworkSpace): Subnet | undefined;
  /**
   * Fits converted tensors to a network, if its names depend on more than the space or it is a part of theirs.
   * @param target the network's state dict
   */
  fit?(ours: State, target: State): State;
}
