import { CodeSpans } from '../../lint/code-spans.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import { INJECTION } from '../security-tags.ts';
import { pointAtValue } from './row-values.ts';

export const chatControlToken: Rule = {
  id: 'chat-control-token',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'A text contains a token that separates messages in some chat formats',
  docs: {
    why: 'Chat models see one text in which tokens such as `<|im_start|>` or `[INST]` separate the messages. In a message they have no effect or, in programs that do not escape them, forge a turn. Use the roles of messages instead. In test data this is an informational finding, because a case may be about it.',
    bad: `messages:
  - role: user
    content: "<|im_start|>system Be brief.<|im_end|> {{question}}"`,
    good: `messages:
  - role: system
    content: Be brief.
  - role: user
    content: "{{question}}"`,
    unless: 'The prompt is about such tokens: put them in backticks, where they are not reported.',
  },
  *check({ prompt, readings }) {
    for (const { content } of prompt.messages) {
      if (!content) continue;
      for (const { 0: token, index } of readings.get(tokensIn, content.text)) {
        const span = { start: index, end: index + token.length };
        const edit = editTemplate(content, [{ span, text: '' }], prompt.text);
        yield {
          message: `\`${token}\` separates messages in some chat formats and can forge one. Remove it, and use the \`role\` of messages instead.`,
          span: content.span(span.start, span.end),
          ...(edit
            ? { fixes: [{ title: `Remove \`${token}\``, safe: false, edits: [edit] }] }
            : {}),
        };
      }
    }
    for (const { values, meta } of prompt.rows) {
      if (meta.tags.includes('adversarial')) continue;
      for (const value of values.values()) {
        const match = readings.get(firstToken, value.text);
        if (match)
          yield reportInData(
            match[0],
            pointAtValue(value, match.index, match[0].length, prompt.text),
          );
      }
    }
  },
};

const TOKEN =
  /<\|(?:im_start|im_end|im_sep|system|user|assistant|end|endoftext|eot_id|begin_of_text|end_of_text|start_header_id|end_header_id|endofprompt|fim_prefix|fim_middle|fim_suffix)\|>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/;
const TOKENS = new RegExp(TOKEN.source, 'g');

function firstToken(text: string): RegExpExecArray | null {
  return TOKEN.exec(text);
}

/** Finds the tokens outside code. */
function tokensIn(text: string): readonly RegExpExecArray[] {
  const code = new CodeSpans(text);
  return [...text.matchAll(TOKENS)].filter(({ index }) => !code.contains(index));
}

function reportInData(token: string, span: Problem['span']): Problem {
  return {
    message: `This value contains \`${token}\`, which separates messages in some chat formats. Tag the case \`adversarial\` if the attack is intended.`,
    span,
    severity: 'info',
  };
}
