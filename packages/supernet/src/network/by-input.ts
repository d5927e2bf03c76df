import { firstSubnet, type NetworkSpace, type Subnet, splitByImageSize } from "@supernet/nas";
import type { ImageShape, InputOf } from "./model.js";

/** Returns a function that creates something once for each image shape, and returns that for a subnet's image. */
export function byInput<T>(
  inputOf: (subnet: Subnet) => ImageShape,
  create: (input: ImageShape) => T,
): (subnet: Subnet) => T {
  const created = new Map<string, T>();
  return (subnet) => {
    const input = inputOf(subnet);
    const key = input.join();
    const value = created.get(key) ?? create(input);
    created.set(key, value);
    return value;
  };
}

/** Returns the subnets of each image size as a space, with the shape of their images. */
export const spacesByInput = (
  space: NetworkSpace,
  inputOf: InputOf,
): readonly { readonly space: NetworkSpace; readonly input: ImageShape }[] =>
  splitByImageSize(space).map((own) => ({ space: own, input: inputOf(firstSubnet(own)) }));

/** Returns the shapes of a space's images as text: "3x24x24, 3x32x32". */
export const inputText = (space: NetworkSpace, inputOf: InputOf): string =>
  [...new Set(spacesByInput(space, inputOf).map(({ input }) => input.join("x")))].join(", ");
