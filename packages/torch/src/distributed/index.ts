export { type Environment, type Place, placeFrom } from "./environment.js";
export { CommunicationError, type GroupOptions, ProcessGroup, type Reducer } from "./group.js";
export { FileServer, fetchFile, type SharedFile } from "./shared-file.js";
export { Store, type StoreOptions } from "./store.js";
export { type JoinOptions, joinFromEnvironment, type Waiting, type World } from "./world.js";
