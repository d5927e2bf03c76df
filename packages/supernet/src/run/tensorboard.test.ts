import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { appendMetrics, rewindMetrics } from "./metrics.js";
import { crc32c, fileVersion, scalarEvent } from "./tensorboard.js";

describe("an event file", () => {
  it("has the checksums of RFC 3720, B.4", () => {
    const rising = Uint8Array.from({ length: 32 }, (_, i) => i);
    const cases: readonly (readonly [Uint8Array, number])[] = [
      [new Uint8Array(32), 0x8a9136aa],
      [new Uint8Array(32).fill(0xff), 0x62a8ab43],
      [rising, 0x46dd794e],
      [rising.toReversed(), 0x113fdb5c],
    ];
    for (const [data, checksum] of cases) assert.equal(crc32c(data), checksum);
  });

  // Written by TensorBoard 2.21's RecordWriter from its own Event messages.
  const WRITTEN = [
    "1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9",
    "3700000000000000e7e8ca590900006040fc54d941100a2a2a0a140a0d707265747261696e2f6c6f7373150000104" +
      "00a120a0b707265747261696e2f6c7215cdcccc3deaa13d37",
    "1d00000000000000602fdf230900008040fc54d9412a120a100a097365617263682f41501500000000476295bc",
    "1b000000000000001a0d9e13090000c040fc54d94110e0a7122a0c0a0a0a03612f62150000c0bf819f08c3",
  ];

  it("is byte-identical to that of TensorBoard's writer", () => {
    const records = [
      fileVersion(1700000000.25),
      scalarEvent(1700000001.5, 10, { "pretrain/loss": 2.25, "pretrain/lr": 0.1 }),
      scalarEvent(1700000002, 0, { "search/AP": 0 }),
      scalarEvent(1700000003, 300000, { "a/b": -1.5 }),
    ];
    assert.deepEqual(
      records.map((record) => record.toString("hex")),
      WRITTEN,
    );
  });
});

/** Returns the messages of an event file. */
function messagesIn(file: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    messages.push(file.subarray(at + 12, at + 12 + length));
    at += length + 16;
  }
  return messages;
}

describe("the event file of a run", () => {
  it("contains every number once, even after a resumed step and a truncated record", () => {
    const folder = mkdtempSync(join(tmpdir(), "events-"));
    const path = join(folder, "metrics.jsonl");
    const events = join(folder, "tensorboard", "events.out.tfevents.supernet");
    rewindMetrics(path, "a", -1);
    for (const iteration of [10, 20, 30]) appendMetrics(path, { step: "a", iteration, loss: 1, note: "x" });
    appendFileSync(events, Buffer.from([0x1b, 0, 0]));
    rewindMetrics(path, "a", 10);
    appendMetrics(path, { step: "a", iteration: 20, loss: 0.5, AP: 0.25 });
    const [version, ...points] = messagesIn(readFileSync(events));
    assert.match(version!.toString("latin1"), /brain\.Event:2$/);
    assert.deepEqual(
      points.map((message) => {
        // The summary follows the wall time (9 bytes) and the step (a key and, below 128, one byte).
        return [message[10], message.toString("latin1").match(/a\/[a-zA-Z]+/g)];
      }),
      [
        [10, ["a/loss"]],
        [20, ["a/loss", "a/AP"]],
      ],
    );
  });
});
