export { loadTensors, saveTensors, type TensorFile } from "./tensors.js";
