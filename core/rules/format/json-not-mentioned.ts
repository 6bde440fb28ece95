import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import { parseModelId } from '../../models/model-id.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { findEntry } from '../../prompt/node.ts';
import { splitTemplate } from '../../prompt/template.ts';

export const jsonNotMentioned: Rule = {
  id: 'json-not-mentioned',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['models'],
  fix: 'unsafe',
  summary: '`responseFormat: json_object`, but no message contains the word JSON',
  docs: {
    why: 'OpenAI rejects a request with `json_object` if none of its messages contains the word “JSON”, because such a model might write white space until its limit ([JSON mode](https://platform.openai.com/docs/guides/structured-outputs#json-mode)). A value may contain the word by chance, so a prompt with placeholders gets a warning.',
    bad: `model: openai/gpt-5.4-mini
responseFormat: json_object
messages:
  - role: user
    content: List three rivers.`,
    good: `model: openai/gpt-5.4-mini
responseFormat: json_object
messages:
  - role: user
    content: 'List three rivers as JSON: {"rivers": ["…"]}.'`,
    unless: 'Every value of a placeholder contains the word.',
  },
  *check({ prompt }) {
    const { messages, rows } = prompt;
    if (prompt.responseFormat !== 'json_object' || messages.length === 0) return;
    if (!isAtOpenai(prompt.model) || messages.some(({ content }) => !content)) return;
    const names = new Set<string>();
    let hasText = false;
    for (const { content } of messages) {
      const pieces = splitTemplate(content?.text ?? '', prompt.oddKeys);
      for (const [i, piece] of pieces.entries()) {
        if (i % 2 === 1) names.add(piece);
        else if (/json/i.test(piece)) return;
        else hasText ||= piece.trim() !== '';
      }
    }
    const isFilled = rows.some(({ values }) =>
      [...names].some((name) => /json/i.test(values.get(name)?.text ?? '')),
    );
    // A prompt of placeholders alone gets its words from elsewhere.
    if (isFilled || !hasText) return;
    const entry =
      findEntry(prompt.root, 'responseFormat') ?? findEntry(prompt.root, 'response_format');
    if (!entry) return;
    const fix = askForJson(prompt);
    yield {
      message:
        'OpenAI rejects `json_object` if no message contains the word “JSON”. Ask for JSON in a message.',
      span: entry.value.span,
      severity: names.size === 0 ? 'error' : 'warning',
      ...(fix ? { fixes: [fix] } : {}),
    };
  },
};

/** True for OpenAI's own models, also at Azure and GitHub. Its open models run elsewhere, under other rules. */
function isAtOpenai(model: string | null): boolean {
  if (model === null) return false;
  const { publisher, name } = parseModelId(model);
  return publisher === 'openai' && !name.startsWith('gpt-oss');
}

/** Adds a sentence to the last system message, or to the last user message. */
function askForJson({ messages, text }: PromptDocument): Fix | null {
  const last =
    messages.findLast(({ role }) => role === 'system') ??
    messages.findLast(({ role }) => role === 'user');
  const template = last?.content;
  if (!template) return null;
  const at = template.text.trimEnd().length;
  const isShort = !template.text.includes('\n');
  const sentence = `${isShort ? ' ' : '\n\n'}Answer in JSON.`;
  const edit = editTemplate(template, [{ span: { start: at, end: at }, text: sentence }], text);
  return edit && { title: 'Add “Answer in JSON.”', safe: false, edits: [edit] };
}
