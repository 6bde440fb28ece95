import { parseModelId } from './model-id.ts';

/**
 * Open models whose chat template begins the answer within their thoughts, so that servers without a parser for them
 * send the thoughts as text that ends with `</think>`. Sources: the models' cards on Hugging Face (2026-11).
 */
const WRITERS =
  /deepseek-r\d|r1-distill|qwq|qwen-?3|magistral|glm-[45]|phi-?4.*reasoning|nemotron|minimax-m|kimi-k2-thinking|thinking/;

/** True for a model whose answers may begin with thoughts that have no opening tag. */
export function writesThoughts(model: string): boolean {
  return WRITERS.test(parseModelId(model).name);
}
