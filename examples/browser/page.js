// The page of index.html: finds objects in a dropped picture, or in what the webcam sees. serve.mjs bundles it.
import { pipeline } from "@supernet/pipeline";
import { env } from "onnxruntime-web";

env.wasm.wasmPaths = new URL("onnxruntime/", location.href).href;

const element = (id) => document.getElementById(id);
const [stage, canvas, status] = [element("stage"), element("picture"), element("status")];
const [threshold, webcam] = [element("threshold"), element("webcam")];
const context = canvas.getContext("2d");

/** Colors of the classes, in turn: Okabe and Ito's. */
const COLORS = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];

/** Shows what happens, or what is wrong. */
function say(text, isError = false) {
  status.textContent = text;
  status.classList.toggle("error", isError);
}

/** Runs an action, and shows its error. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    say(error.message, true);
  }
}

let detect;
/** Picture or video on the page. */
let shown;
/** Whether the network runs. While it does, at most one more run waits. */
let running = false;
let again = false;

/** Finds objects in the shown picture and draws them. */
async function update() {
  if (!shown || !detect) return;
  again = true;
  if (running) return;
  running = true;
  try {
    while (again) {
      again = false;
      // The frame is drawn first, so that the boxes are on the picture in which they were found.
      const frame = await createImageBitmap(shown);
      const start = performance.now();
      const found = await detect(frame, { threshold: Number(threshold.value) });
      draw(frame, found);
      say(
        `${found.length} ${found.length === 1 ? "object" : "objects"} in ${Math.round(performance.now() - start)} ms`,
      );
      frame.close();
    }
  } finally {
    running = false;
  }
}

/** Length of the longer side of the shown picture, in pixels. Smaller ones are enlarged, so that labels fit. */
const SHOWN = 640;

function draw(frame, found) {
  stage.classList.add("filled");
  const scale = Math.max(1, SHOWN / Math.max(frame.width, frame.height));
  [canvas.width, canvas.height] = [scale * frame.width, scale * frame.height];
  context.drawImage(frame, 0, 0, canvas.width, canvas.height);
  const unit = Math.max(canvas.width, canvas.height) / SHOWN;
  context.lineWidth = 2 * unit;
  context.font = `${13 * unit}px system-ui, sans-serif`;
  // The best ones are drawn last, above the others.
  for (const { label, score, box } of found.toReversed()) {
    const [x, y] = [scale * box.xmin, scale * box.ymin];
    const text = `${label} ${score.toFixed(2)}`;
    context.fillStyle = COLORS[detect.classes.indexOf(label) % COLORS.length];
    context.strokeStyle = context.fillStyle;
    context.strokeRect(x, y, scale * (box.xmax - box.xmin), scale * (box.ymax - box.ymin));
    const [width, height] = [context.measureText(text).width + 6 * unit, 17 * unit];
    const left = Math.max(0, Math.min(x - unit, canvas.width - width));
    const top = y >= height ? y - height : y;
    context.fillRect(left, top, width, height);
    context.fillStyle = "#000";
    context.fillText(text, left + 3 * unit, top + 13 * unit);
  }
  const rows = found.map(({ label, score, box }) => {
    const row = document.createElement("tr");
    const corners = [box.xmin, box.ymin, box.xmax, box.ymax].map((value) => value.toFixed(1));
    for (const text of [label, score.toFixed(3), corners.join(", ")]) row.insertCell().textContent = text;
    return row;
  });
  element("found").replaceChildren(...rows);
}

async function openPicture(file) {
  if (!file) return;
  stopWebcam();
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } catch {
    throw new Error(`${file.name} is not a picture that this browser can show`);
  } finally {
    URL.revokeObjectURL(image.src);
  }
  shown = image;
  await update();
}

async function startWebcam() {
  const video = document.createElement("video");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
  await video.play();
  shown = video;
  webcam.setAttribute("aria-pressed", "true");
  webcam.textContent = "Stop the webcam";
  while (shown === video) {
    await update();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function stopWebcam() {
  if (!(shown instanceof HTMLVideoElement)) return;
  for (const track of shown.srcObject.getTracks()) track.stop();
  shown = undefined;
  webcam.setAttribute("aria-pressed", "false");
  webcam.textContent = "Use the webcam";
}

function showThreshold() {
  element("minimum").textContent = Number(threshold.value).toFixed(2);
}

showThreshold();
threshold.addEventListener("input", () => {
  showThreshold();
  attempt(update);
});
element("file").addEventListener("change", ({ target }) => attempt(() => openPicture(target.files[0])));
webcam.addEventListener("click", () =>
  attempt(() => (shown instanceof HTMLVideoElement ? stopWebcam() : startWebcam())),
);
for (const type of ["dragover", "dragleave", "drop"]) {
  stage.addEventListener(type, (event) => {
    event.preventDefault();
    stage.classList.toggle("over", type === "dragover");
    if (type === "drop") attempt(() => openPicture(event.dataTransfer.files[0]));
  });
}

await attempt(async () => {
  detect = await pipeline("object-detection", "model.onnx");
  say(`Ready: finds ${detect.classes.join(", ")}`);
  await update();
});
