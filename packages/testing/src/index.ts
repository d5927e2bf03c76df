export * from "./python.js";
export * from "./ranks.js";
export * from "./two-hosts.js";
