import { UserError } from "@supernet/base";
import { quote } from "./source.js";

/** A value that a pickle may build here: plain data, or a value that one of the reader's globals returns. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickleObject
  | PickleFunction;

/** A value that only the reader can create. Subclasses state what it represents. */
export abstract class PickleObject {
  readonly isPickleObject = true;
}

/** A global that the pickle may call. It is always one of the reader's functions, never code from the file. */
export class PickleFunction {
  constructor(
    readonly name: string,
    readonly call: (args: readonly Pickled[]) => Pickled,
  ) {}
}

export interface PickleReader {
  /** Name of the file in messages. */
  readonly file: string;
  /** Globals that the pickle may name, by "module name". All others are refused. */
  readonly globals: ReadonlyMap<string, Pickled>;
  /** Returns the value of a persistent ID. PyTorch uses them to refer to storages outside the pickle. */
  readonly persistent: (id: Pickled) => Pickled;
}

const MARK = Symbol("mark");
const HIGHEST_PROTOCOL = 4;
/** Maximum number of objects. A pickle of 200,000 tensors has fewer. Prevents small files from exhausting memory. */
const MAX_OBJECTS = 1_500_000;

/**
 * Reads a pickle without executing code. Supports the opcodes of plain containers, numbers and strings, and calls only
 * the reader's functions. Anything else is refused. Time and memory are bounded by the pickle's length and by a limit
 * on objects. Tuples are returned as arrays. Attributes of dictionaries, such as PyTorch's `_metadata`, are dropped.
 * @param start offset of the pickle
 * @returns the value, and the offset after the pickle
 * @throws UserError that names the file and the refused opcode or global, or the position of the damage
 */
export function unpickle(
  bytes: Uint8Array,
  reader: PickleReader,
  start = 0,
): { readonly value: Pickled; readonly end: number } {
  return new Machine(bytes, reader, start).run();
}

class Machine {
  /** Complete list of the supported opcodes. */
  static readonly #opcodes: ReadonlyMap<number, (m: Machine) => void> = new Map<number, (m: Machine) => void>(
    [
      [0x80, (m) => m.#protocol(m.#byte())], // PROTO
      [0x95, (m) => void m.#take(8)], // FRAME: a hint for buffered reading
      [0x28, (m) => void m.#stack.push(MARK)], // MARK
      [0x4e, (m) => m.#push(null)], // NONE
      [0x88, (m) => m.#push(true)], // NEWTRUE
      [0x89, (m) => m.#push(false)], // NEWFALSE
      [0x4b, (m) => m.#push(m.#byte())], // BININT1
      [0x4d, (m) => m.#push(m.#view.getUint16(m.#take(2), true))], // BININT2
      [0x4a, (m) => m.#push(m.#view.getInt32(m.#take(4), true))], // BININT
      [0x8a, (m) => m.#push(m.#long(m.#byte()))], // LONG1
      [0x47, (m) => m.#push(m.#view.getFloat64(m.#take(8), false))], // BINFLOAT
      [0x58, (m) => m.#push(m.#text(m.#view.getUint32(m.#take(4), true)))], // BINUNICODE
      [0x8c, (m) => m.#push(m.#text(m.#byte()))], // SHORT_BINUNICODE
      [0x29, (m) => m.#pushObject([])], // EMPTY_TUPLE
      [0x5d, (m) => m.#pushObject([])], // EMPTY_LIST
      [0x7d, (m) => m.#pushObject(new Map())], // EMPTY_DICT
      [0x74, (m) => m.#pushObject(m.#popToMark())], // TUPLE
      [0x85, (m) => m.#pushObject(m.#popMany(1))], // TUPLE1
      [0x86, (m) => m.#pushObject(m.#popMany(2))], // TUPLE2
      [0x87, (m) => m.#pushObject(m.#popMany(3))], // TUPLE3
      [0x61, (m) => m.#append([m.#pop()])], // APPEND
      [0x65, (m) => m.#append(m.#popToMark())], // APPENDS
      [0x73, (m) => m.#setItems(m.#popMany(2))], // SETITEM
      [0x75, (m) => m.#setItems(m.#popToMark())], // SETITEMS
      [0x71, (m) => m.#remember(m.#byte())], // BINPUT
      [0x72, (m) => m.#remember(m.#view.getUint32(m.#take(4), true))], // LONG_BINPUT
      [0x94, (m) => m.#remember(m.#memo.size)], // MEMOIZE
      [0x68, (m) => m.#recall(m.#byte())], // BINGET
      [0x6a, (m) => m.#recall(m.#view.getUint32(m.#take(4), true))], // LONG_BINGET
      [0x63, (m) => m.#global(m.#line(), m.#line())], // GLOBAL
      [0x93, (m) => m.#stackGlobal()], // STACK_GLOBAL
      [0x51, (m) => m.#pushObject(m.#reader.persistent(m.#pop()))], // BINPERSID
      [0x52, (m) => m.#reduce()], // REDUCE
      [0x62, (m) => m.#build()], // BUILD
    ],
  );

  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #reader: PickleReader;
  readonly #memo = new Map<number, Pickled>();
  readonly #stack: (Pickled | typeof MARK)[] = [];
  #position: number;
  #objects = 0;

  constructor(bytes: Uint8Array, reader: PickleReader, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#reader = reader;
    this.#position = start;
  }

  run(): { value: Pickled; end: number } {
    if (this.#bytes[this.#position] !== 0x80) throw this.#damaged("it does not begin with a pickle header");
    for (;;) {
      const opcode = this.#byte();
      if (opcode === 0x2e) {
        const value = this.#pop();
        if (this.#stack.length > 0) throw this.#damaged("values are left over at its end");
        return { value, end: this.#position };
      }
      const execute = Machine.#opcodes.get(opcode);
      if (execute === undefined) {
        throw this.#damaged(`opcode 0x${opcode.toString(16).padStart(2, "0")} is not supported`);
      }
      execute(this);
    }
  }

  #protocol(version: number): void {
    if (version > HIGHEST_PROTOCOL) throw this.#damaged(`pickle protocol ${version} is not supported`);
  }

  #long(length: number): number | bigint {
    const start = this.#take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i]!);
    value = BigInt.asIntN(8 * length, value);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  #text(length: number): string {
    const start = this.#take(length);
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, length).toString("utf8");
  }

  #line(): string {
    const start = this.#position;
    const end = this.#bytes.indexOf(0x0a, start);
    if (end < 0) throw this.#damaged("it is truncated");
    const text = this.#text(end - start);
    this.#position = end + 1;
    return text;
  }

  #append(items: readonly Pickled[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#damaged("it appends to a value that is not a list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly Pickled[]): void {
    const map = this.#top();
    if (!(map instanceof Map)) throw this.#damaged("it sets an item of a value that is not a dictionary");
    if (items.length % 2 !== 0) throw this.#damaged("a dictionary's key has no value");
    for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  }

  #remember(slot: number): void {
    this.#memo.set(slot, this.#top());
  }

  #recall(slot: number): void {
    const value = this.#memo.get(slot);
    if (value === undefined) throw this.#damaged(`memo ${slot} is empty`);
    this.#push(value);
  }

  #global(module: string, name: string): void {
    const value = this.#reader.globals.get(`${module} ${name}`);
    if (value === undefined) {
      throw new UserError(
        `cannot read ${this.#reader.file}: it uses ${quote(`${module}.${name}`)}, which is not needed for tensors and might run code:` +
          " save it again with torch.save(model.state_dict(), path)",
      );
    }
    this.#push(value);
  }

  #stackGlobal(): void {
    const [module, name] = this.#popMany(2);
    if (typeof module !== "string" || typeof name !== "string") {
      throw this.#damaged("the name of a global is not a string");
    }
    this.#global(module, name);
  }

  #reduce(): void {
    const [callable, args] = this.#popMany(2);
    if (!(callable instanceof PickleFunction)) throw this.#damaged("it calls a value that is not a function");
    if (!Array.isArray(args)) throw this.#damaged(`the arguments of ${callable.name} are not a tuple`);
    this.#pushObject(callable.call(args));
  }

  #build(): void {
    this.#pop();
    if (!(this.#top() instanceof Map))
      throw this.#damaged("it sets the state of a value that is not a dictionary");
  }

  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  /** Advances by `length` bytes and returns the offset of the first. */
  #take(length: number): number {
    const start = this.#position;
    if (length > this.#bytes.byteLength - start) throw this.#damaged("it is truncated");
    this.#position = start + length;
    return start;
  }

  #push(value: Pickled): void {
    this.#stack.push(value);
  }

  #pushObject(value: Pickled): void {
    if (++this.#objects > MAX_OBJECTS) throw this.#damaged(`it creates more than ${MAX_OBJECTS} objects`);
    this.#stack.push(value);
  }

  #top(): Pickled {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.#damaged("its stack is empty");
    return value;
  }

  #pop(): Pickled {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  /** Removes and returns the `count` topmost values. The topmost is last. */
  #popMany(count: number): Pickled[] {
    const values: Pickled[] = [];
    for (let i = 0; i < count; i++) values.push(this.#pop());
    return values.reverse();
  }

  #popToMark(): Pickled[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw this.#damaged("a mark is missing");
    const values = this.#stack.splice(mark) as Pickled[];
    values.shift();
    return values;
  }

  #damaged(what: string): UserError {
    return new UserError(
      `cannot read ${this.#reader.file}: its pickle cannot be read at byte ${this.#position}: ${what}: the file is damaged or is not a file of tensors`,
    );
  }
}
