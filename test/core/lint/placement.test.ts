import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextReadings } from '#core/lint/engine/text-readings.ts';
import { findPlacements, placeVariables } from '#core/lint/placement.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

function places(content: string): string[] {
  const prompt = parsePrompt(`messages: [{ role: user, content: ${JSON.stringify(content)} }]`);
  return placeVariables(prompt, new TextReadings()).map(({ placeholder, place, closer }) =>
    [placeholder.name, place, ...(closer === undefined ? [] : [closer])].join(' '),
  );
}

const cases: readonly (readonly [string, ...string[]])[] = [
  ['{{x}}', 'x sole'],
  ['  {{x}}\n\n{{y}}\n', 'x sole', 'y sole'],
  ['Read:\n<doc>\n{{x}}\n</doc>', 'x xml </doc>'],
  ['<doc><title>T</title>{{x}}</doc> and {{y}} now', 'x xml </doc>', 'y inline'],
  ['<doc id="1">{{x}}</doc>', 'x xml </doc>'],
  ['<doc>\n{{x}}\nBe brief.', 'x bare-block'],
  ['Log:\n```text\n{{x}}\n```\n', 'x fence ```'],
  ['````\n```\n{{x}}\n```\n````', 'x fence ````'],
  ['~~~\n{{x}}\n~~~', 'x fence ~~~'],
  ['Sum up:\n"""\n{{x}}\n"""', 'x triple-quote """'],
  ['Translate "{{x}}" please.', 'x quoted "'],
  ['Translate “{{x}}” please.', 'x quoted ”'],
  ["Don't translate {{x}}, it isn't needed.", 'x inline'],
  ['{"text": "{{x}}", "n": 1}', 'x json-string "'],
  ['Text below.\n---\n{{x}}\n---\nAnswer.', 'x ruled ---'],
  ['### START ###\n{{x}}\n### END ###', 'x ruled ### END ###'],
  ['Question: {{x}}', 'x label'],
  ['- **Title**: {{x}}\n- Author: {{y}}', 'x label', 'y label'],
  ['Answer this.\n\n## Issue\n\n{{x}}\n\n## Rules\nBe brief.', 'x label-block'],
  ['Here is the diff:\n\n{{x}}', 'x label-block'],
  ['{{x}}\n\nSum this up.', 'x head'],
  ['Sum this up.\n\n{{x}}', 'x tail'],
  ['Be brief.\nThis is all of the text that the customer wrote to us: {{x}}', 'x label'],
  ['Be brief.\nBe kind. Answer this: {{x}}', 'x tail'],
  ['Please answer this customer in a friendly way: {{x}}', 'x tail'],
  ['I need help with my order. {{x}}', 'x tail'],
  ['Be kind.\n{{x}}\nBe brief.', 'x bare-block'],
  ['Sum up {{x}} in one line.', 'x inline'],
];

test('each placement of a placeholder', () => {
  for (const [content, ...expected] of cases) assert.deepEqual(places(content), expected, content);
});

test('many placeholders among many tags take linear time', () => {
  const content = `${'<a>{{x}}<b></b>'.repeat(8_000)}${'</a>'.repeat(8_000)}`;
  const started = cpuMs();
  assert.equal(findPlacements(content).length, 8_000);
  assert.ok(cpuMs() - started < 500);
});
