export * from "./ranks.js";
export * from "./two-hosts.js";
