export { type StrategySettings as StrategyRecipe, strategySettings as strategySchema } from "@supernet/nas";
