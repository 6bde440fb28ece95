import { assignCaseIds } from '#core/eval/ids.ts';
import { nameCase } from '#core/eval/plan/name-case.ts';
import { valueText } from '#core/prompt/read-rows.ts';
import { render } from '#core/prompt/template.ts';
import type { RenderedPrompt, RenderParams, RenderResult } from '#core/protocol.ts';
import type { Analysis } from '../analysis.ts';
import type { Feature } from '../feature.ts';

/** Custom request for a preview: the messages with the values of one case. */
export const renderPrompt: Feature = {
  name: 'render',
  capabilities: () => ({}),
  register: ({ connection, guard, documents }) =>
    connection.onRequest(
      'promptsmith/render',
      guard.handler('render', null as RenderResult, ({ uri, case: id }: RenderParams) => {
        const analysis = documents.analysis(uri);
        return analysis?.kind === 'prompt' ? renderCase(analysis, id) : null;
      }),
    ),
};

/** Null if the case does not exist. */
export function renderCase(analysis: Analysis, id?: string): RenderedPrompt | null {
  const { prompt, counter, version } = analysis;
  const cases = assignCaseIds(prompt.rows);
  const index = id === undefined ? 0 : cases.indexOf(id);
  if (index < 0) return null;
  const lookUp = readCaseValues(analysis, index);
  const count = (text: string) => counter?.counter.count(text) ?? null;
  return {
    version,
    cases,
    caseNames: prompt.rows.map((row, i) => nameCase({ id: cases[i] ?? '', row })),
    case: cases[index] ?? null,
    messages: prompt.messages.map(({ role, content }) => {
      const { text, parts, missing } = render(content?.text ?? '', lookUp, prompt.oddKeys);
      return {
        role,
        content: text,
        tokens: count(text),
        spans: parts.map(({ name, span }) => ({
          name,
          span,
          tokens: count(text.slice(span.start, span.end)),
        })),
        missing,
      };
    }),
  };
}

/** Looks up the value of the row, then the default and, if there is no row, the declared example. */
function readCaseValues({ prompt }: Analysis, index: number): (name: string) => string | undefined {
  const row = prompt.rows[index];
  return (name) => {
    const own = row?.values.get(name);
    if (own) return own.text;
    const variable = prompt.variables.find((one) => one.name === name);
    if (variable?.defaultNode) return valueText(variable.defaultNode);
    const example = row ? undefined : variable?.example;
    return example === undefined || typeof example === 'string' ? example : JSON.stringify(example);
  };
}
