import { deflateRawSync } from "node:zlib";

/** Builds a zip archive of the given files. `claim` overrides the uncompressed sizes in its directory. */
export function zipOf(
  files: Readonly<Record<string, Uint8Array>>,
  options: { readonly deflate?: boolean; readonly claim?: number } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = options.deflate ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const central = Buffer.alloc(46 + name.length);
    central.writeUInt32LE(0x02014b50);
    central.writeUInt16LE(options.deflate ? 8 : 0, 10);
    central.writeUInt32LE(packed.byteLength, 20);
    central.writeUInt32LE(options.claim ?? content.byteLength, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(position, 42);
    central.write(name, 46);
    parts.push(local, packed);
    directory.push(central);
    position += local.byteLength + packed.byteLength;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(Buffer.concat(directory).byteLength, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
