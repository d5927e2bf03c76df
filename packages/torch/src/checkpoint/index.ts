export { loadTensors, savePth, saveTensors, type TensorFile } from "./tensors.js";
