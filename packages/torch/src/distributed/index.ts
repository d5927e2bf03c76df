export { type Environment, type Place, placeFrom } from "./environment.js";
export { CommunicationError, type GroupOptions, ProcessGroup, type Reducer } from "./group.js";
export { Store, type StoreOptions } from "./store.js";
export { fetchFile, shareFile, withdrawFile } from "./store-file.js";
export { type JoinOptions, joinFromEnvironment, type World } from "./world.js";
