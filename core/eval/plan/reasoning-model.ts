/**
 * True for models that think before they answer and then refuse `temperature` and `max_tokens`:
 * OpenAI's o series and GPT-5 (not its chat variants), by their ids.
 * https://platform.openai.com/docs/guides/reasoning
 */
export function isReasoningModel(id: string): boolean {
  const name = id.toLowerCase().split('/').at(-1) ?? '';
  return /^(?:o\d(?:$|-)|gpt-5(?!.*chat))/.test(name);
}
