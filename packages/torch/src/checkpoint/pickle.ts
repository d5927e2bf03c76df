import { UserError } from "@supernet/base";

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

/**
 * Stands for a global that the reader does not know, and for everything that is made with it. It has no contents: what
 * the file passes to it is dropped. Files of weights contain many, such as the arguments of a training.
 */
export class Inert extends PickleObject {
  /** @param name name of the global, such as "argparse.Namespace" */
  constructor(readonly name: string) {
    super();
  }
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
  /** Returns the value of a global that the pickle names. */
  readonly global: (module: string, name: string) => Pickled;
  /** Returns the value of a persistent ID. PyTorch uses them to refer to storages outside the pickle. */
  readonly persistent: (id: Pickled) => Pickled;
}

const MARK = Symbol("mark");
const HIGHEST_PROTOCOL = 5;
/** Maximum number of objects. A pickle of 200,000 tensors has fewer. Prevents files from exhausting memory. */
const MAX_OBJECTS = 1_500_000;
/** Maximum number of values of any kind, such as the items of lists. */
const MAX_VALUES = 6_000_000;
/** Maximum number of values that the pickle remembers, about seven for a tensor. */
const MAX_REMEMBERED = 3_000_000;
/** Maximum length of an integer in bytes or digits. Longer ones take long to convert. */
const MAX_INTEGER_LENGTH = 1024;

/**
 * Reads a pickle without executing code: it calls only the reader's functions. Time and memory are bounded by the
 * pickle's length and by limits on objects and values. Tuples and sets are returned as arrays, bytes as strings of
 * Latin-1. Attributes of dictionaries, such as PyTorch's `_metadata`, are dropped.
 *
 * The opcodes are described in Python's pickletools. Those of extension registries and of buffers outside the pickle
 * are refused.
 * @param start offset of the pickle
 * @returns the value, and the offset after the pickle
 * @throws UserError that names the file and the refused opcode, or the position of the damage
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
      [0x28, (m) => m.#pushMark()], // MARK
      [0x30, (m) => m.#discard()], // POP
      [0x31, (m) => void m.#popToMark()], // POP_MARK
      [0x32, (m) => m.#push(m.#top())], // DUP
      [0x4e, (m) => m.#push(null)], // NONE
      [0x88, (m) => m.#push(true)], // NEWTRUE
      [0x89, (m) => m.#push(false)], // NEWFALSE
      [0x4b, (m) => m.#push(m.#byte())], // BININT1
      [0x4d, (m) => m.#push(m.#view.getUint16(m.#take(2), true))], // BININT2
      [0x4a, (m) => m.#push(m.#view.getInt32(m.#take(4), true))], // BININT
      [0x49, (m) => m.#push(m.#integerLine())], // INT
      [0x4c, (m) => m.#push(m.#integerLine())], // LONG
      [0x8a, (m) => m.#push(m.#long(m.#byte()))], // LONG1
      [0x8b, (m) => m.#push(m.#long(m.#uint32()))], // LONG4
      [0x46, (m) => m.#push(Number(m.#line()))], // FLOAT
      [0x47, (m) => m.#push(m.#view.getFloat64(m.#take(8), false))], // BINFLOAT
      [0x58, (m) => m.#push(m.#text(m.#uint32()))], // BINUNICODE
      [0x8c, (m) => m.#push(m.#text(m.#byte()))], // SHORT_BINUNICODE
      [0x8d, (m) => m.#push(m.#text(m.#uint64()))], // BINUNICODE8
      [0x56, (m) => m.#push(m.#line())], // UNICODE
      [0x53, (m) => m.#push(m.#line().replace(/^(["'])(.*)\1$/s, "$2"))], // STRING
      [0x54, (m) => m.#push(m.#latin1(m.#uint32()))], // BINSTRING
      [0x55, (m) => m.#push(m.#latin1(m.#byte()))], // SHORT_BINSTRING
      [0x42, (m) => m.#push(m.#latin1(m.#uint32()))], // BINBYTES
      [0x43, (m) => m.#push(m.#latin1(m.#byte()))], // SHORT_BINBYTES
      [0x8e, (m) => m.#push(m.#latin1(m.#uint64()))], // BINBYTES8
      [0x96, (m) => m.#push(m.#latin1(m.#uint64()))], // BYTEARRAY8
      [0x29, (m) => m.#pushObject([])], // EMPTY_TUPLE
      [0x5d, (m) => m.#pushObject([])], // EMPTY_LIST
      [0x7d, (m) => m.#pushObject(new Map())], // EMPTY_DICT
      [0x8f, (m) => m.#pushObject([])], // EMPTY_SET
      [0x74, (m) => m.#pushObject(m.#popToMark())], // TUPLE
      [0x6c, (m) => m.#pushObject(m.#popToMark())], // LIST
      [0x91, (m) => m.#pushObject(m.#popToMark())], // FROZENSET
      [0x64, (m) => m.#dictionary(m.#popToMark())], // DICT
      [0x85, (m) => m.#pushObject(m.#popMany(1))], // TUPLE1
      [0x86, (m) => m.#pushObject(m.#popMany(2))], // TUPLE2
      [0x87, (m) => m.#pushObject(m.#popMany(3))], // TUPLE3
      [0x61, (m) => m.#append([m.#pop()])], // APPEND
      [0x65, (m) => m.#append(m.#popToMark())], // APPENDS
      [0x90, (m) => m.#append(m.#popToMark())], // ADDITEMS
      [0x73, (m) => m.#setItems(m.#popMany(2))], // SETITEM
      [0x75, (m) => m.#setItems(m.#popToMark())], // SETITEMS
      [0x70, (m) => m.#remember(Number(m.#line()))], // PUT
      [0x71, (m) => m.#remember(m.#byte())], // BINPUT
      [0x72, (m) => m.#remember(m.#uint32())], // LONG_BINPUT
      [0x94, (m) => m.#remember(m.#memo.size)], // MEMOIZE
      [0x67, (m) => m.#recall(Number(m.#line()))], // GET
      [0x68, (m) => m.#recall(m.#byte())], // BINGET
      [0x6a, (m) => m.#recall(m.#uint32())], // LONG_BINGET
      [0x63, (m) => m.#push(m.#global())], // GLOBAL
      [0x93, (m) => m.#stackGlobal()], // STACK_GLOBAL
      [0x51, (m) => m.#pushObject(m.#reader.persistent(m.#pop()))], // BINPERSID
      [0x52, (m) => m.#call(m.#popMany(2))], // REDUCE
      [0x81, (m) => m.#call(m.#popMany(2))], // NEWOBJ
      [0x92, (m) => m.#call(m.#popMany(3))], // NEWOBJ_EX
      [0x69, (m) => m.#call([m.#global(), m.#popToMark()])], // INST
      [0x6f, (m) => m.#object(m.#popToMark())], // OBJ
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
  #values = 0;

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
    if (length > MAX_INTEGER_LENGTH) throw this.#damaged(`it has an integer of ${length} bytes`);
    const start = this.#take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i]!);
    return plainInteger(BigInt.asIntN(8 * length, value));
  }

  /** Reads an integer in decimal digits. Python 2 ends those of type long with L, and writes booleans as 00 and 01. */
  #integerLine(): number | bigint | boolean {
    const text = this.#line();
    if (text === "00" || text === "01") return text === "01";
    const digits = text.replace(/L$/, "");
    if (digits.length > MAX_INTEGER_LENGTH || !/^[+-]?\d+$/.test(digits))
      throw this.#damaged("an integer is malformed");
    return plainInteger(BigInt(digits));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  #uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  #latin1(length: number): string {
    const start = this.#take(length);
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, length).toString("latin1");
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
    if (list instanceof Inert) return;
    if (!Array.isArray(list)) throw this.#damaged("it appends to a value that is not a list");
    for (const item of items) list.push(item);
  }

  #dictionary(items: readonly Pickled[]): void {
    this.#pushObject(new Map());
    this.#setItems(items);
  }

  #setItems(items: readonly Pickled[]): void {
    const map = this.#top();
    if (map instanceof Inert) return;
    if (!(map instanceof Map)) throw this.#damaged("it sets an item of a value that is not a dictionary");
    if (items.length % 2 !== 0) throw this.#damaged("a dictionary's key has no value");
    for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  }

  #remember(slot: number): void {
    if (this.#memo.size >= MAX_REMEMBERED) throw this.#tooMany(MAX_REMEMBERED, "memos");
    this.#memo.set(slot, this.#top());
  }

  #recall(slot: number): void {
    const value = this.#memo.get(slot);
    if (value === undefined) throw this.#damaged(`memo ${slot} is empty`);
    this.#push(value);
  }

  #global(): Pickled {
    return this.#reader.global(this.#line(), this.#line());
  }

  #stackGlobal(): void {
    const [module, name] = this.#popMany(2);
    if (typeof module !== "string" || typeof name !== "string") {
      throw this.#damaged("the name of a global is not a string");
    }
    this.#push(this.#reader.global(module, name));
  }

  /** Pushes the result of a call. */
  #call([callable, args]: readonly Pickled[]): void {
    if (callable instanceof Inert) {
      this.#push(callable);
      return;
    }
    if (!(callable instanceof PickleFunction)) throw this.#damaged("it calls a value that is not a function");
    if (!Array.isArray(args)) throw this.#damaged(`the arguments of ${callable.name} are not a tuple`);
    // A function may copy the lists that it gets.
    for (const arg of args) if (Array.isArray(arg)) this.#count(arg.length);
    this.#pushObject(callable.call(args));
  }

  #object([callable, ...args]: Pickled[]): void {
    if (callable === undefined) throw this.#damaged("an object has no class");
    this.#call([callable, args]);
  }

  #build(): void {
    this.#pop();
    const target = this.#top();
    if (!(target instanceof Map || target instanceof PickleObject))
      throw this.#damaged("it sets the state of a value that has none");
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
    if (++this.#values > MAX_VALUES) throw this.#tooMany(MAX_VALUES, "values");
    this.#stack.push(value);
  }

  #pushMark(): void {
    if (++this.#values > MAX_VALUES) throw this.#tooMany(MAX_VALUES, "values");
    this.#stack.push(MARK);
  }

  #pushObject(value: Pickled): void {
    this.#count(1);
    this.#push(value);
  }

  #count(objects: number): void {
    this.#objects += objects;
    if (this.#objects > MAX_OBJECTS) throw this.#tooMany(MAX_OBJECTS, "objects");
  }

  #tooMany(limit: number, what: string): UserError {
    return this.#damaged(`it creates more than ${limit} ${what}`);
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

  /** Removes the topmost value or mark. */
  #discard(): void {
    if (this.#stack.pop() === undefined) throw this.#damaged("its stack is empty");
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

/** Returns an integer as a number, if it is exact. */
function plainInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
