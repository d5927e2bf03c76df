export { type Environment, type RankInfo, readRankInfo } from "./environment.js";
export { CommunicationError, type GroupOptions, ProcessGroup, type Reducer } from "./group.js";
export type { WaitCallbacks } from "./ranks.js";
export { FileServer, fetchFile, type SharedFile } from "./shared-file.js";
export { Store, type StoreOptions } from "./store.js";
export { type JoinOptions, joinFromEnvironment, type World } from "./world.js";
