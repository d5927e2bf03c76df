import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { loadTensors } from "@supernet/torch";
import type { ClassificationBatch, DetectionBatch } from "@supernet/vision";
import { allFinite, divergenceError } from "./health.js";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), "diverged-")));
  return folders.at(-1)!;
}

it("saves a detector's batch with the ids, sizes, boxes and classes of its images", () => {
  const folder = newFolder();
  const size = { height: 2, width: 1 };
  const batch: DetectionBatch = {
    images: Float32Array.of(1, 2, 3, 4, 5, 6),
    shape: [1, 3, 2, 1],
    items: [
      {
        id: 139,
        size,
        originalSize: { height: 4, width: 2 },
        truth: { boxes: Float32Array.of(0, 0, 1, 1.5), labels: Int32Array.of(7), crowd: Uint8Array.of(0) },
      },
    ],
  };
  const host = { step: "finetune", folder };
  const metrics = { lossBox: Number.POSITIVE_INFINITY, loss: Number.NaN, gradNorm: 2 };
  assert.ok(!allFinite(metrics));
  const divergence = {
    iteration: 12,
    metrics,
    losses: [Number.NaN],
    batch: [batch],
    rank: 0,
    divergedRanks: [0],
  };
  const { message } = divergenceError(host, { ...divergence, subnets: undefined });
  assert.match(message, /^finetune: lossBox is Infinity at iteration 12: .*; the batch is in /);
  const { tensors, metadata } = loadTensors(join(folder, "diverged.safetensors"));
  assert.deepEqual(tensors.get("images.0")!.toArray(), [
    [
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ],
  ]);
  assert.deepEqual(JSON.parse(metadata.batch!), [
    {
      items: [
        {
          id: 139,
          size,
          originalSize: { height: 4, width: 2 },
          truth: { boxes: [0, 0, 1, 1.5], labels: [7], crowd: [0] },
        },
      ],
    },
  ]);
  assert.deepEqual(JSON.parse(metadata.figures!), { lossBox: "Infinity", loss: "NaN", gradNorm: 2 });
  assert.equal(metadata.subnets, undefined);
  rmSync(folder, { recursive: true });
});

it("saves the loss of each subnet, so that the diverged one can be identified", () => {
  const folder = mkdtempSync(join(tmpdir(), "diverged-"));
  const { message } = divergenceError(
    { step: "pretrain", folder },
    {
      iteration: 3,
      metrics: { loss: Number.NaN, gradNorm: Number.NaN },
      losses: [2.5, Number.NaN],
      subnets: [{ kernel: 3 }, { kernel: 5 }],
      batch: [{ images: Float32Array.of(1), shape: [1, 1, 1, 1] }],
      rank: 0,
      divergedRanks: [],
    },
  );
  assert.match(message, /; the batch and the subnets are in /);
  const { metadata } = loadTensors(join(folder, "diverged.safetensors"));
  assert.deepEqual(JSON.parse(metadata.subnets!), [
    { subnet: { kernel: 3 }, loss: 2.5 },
    { subnet: { kernel: 5 }, loss: "NaN" },
  ]);
  rmSync(folder, { recursive: true });
});

it("saves a batch of mixed images with both labels and their weight", () => {
  const folder = newFolder();
  const batch: ClassificationBatch = {
    images: Float32Array.of(1, 2, 3, 4, 5, 6),
    shape: [2, 3, 1, 1],
    labels: BigInt64Array.of(3n, 8n),
    mixed: { labels: BigInt64Array.of(8n, 3n), weight: 0.25 },
    ids: ["a.jpg", "b.jpg"],
  };
  const metrics = { loss: Number.NaN };
  const singleProcess = { rank: 0, divergedRanks: [0] };
  divergenceError(
    { step: "retrain", folder },
    { iteration: 1, metrics, losses: [Number.NaN], subnets: undefined, batch: [batch], ...singleProcess },
  );
  const { metadata } = loadTensors(join(folder, "diverged.safetensors"));
  assert.deepEqual(JSON.parse(metadata.batch!), [
    { labels: [3, 8], mixed: { labels: [8, 3], weight: 0.25 }, ids: ["a.jpg", "b.jpg"] },
  ]);
});

it("saves the parts of all diverged ranks; every rank names the first file", () => {
  const folder = join(newFolder(), "new");
  const divergence = {
    iteration: 3,
    metrics: { loss: Number.NaN },
    losses: [Number.NaN],
    subnets: undefined,
    batch: [{ images: Float32Array.of(1), shape: [1, 1, 1, 1] }],
    divergedRanks: [1, 2],
  };
  const messages = [0, 1, 2].map(
    (rank) => divergenceError({ step: "retrain", folder }, { ...divergence, rank }).message,
  );
  assert.equal(new Set(messages).size, 1);
  assert.match(messages[0]!, /in .*diverged-rank-1\.safetensors on the host of rank 1,/);
  assert.deepEqual(readdirSync(folder).sort(), [
    "diverged-rank-1.safetensors",
    "diverged-rank-2.safetensors",
  ]);
});
