import { collectRows, type PromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { verifyTokens } from '#app/prompt/verify-tokens.ts';
import { assignCaseIds } from '#core/eval/ids.ts';
import type { EncodingName } from '#core/tokens/encoding.ts';
import type {
  CountDifference,
  CountPlace,
  CountVerification,
  ReferenceCounter,
} from '#core/tokens/verify-counts.ts';
import { findJsTiktoken } from '#io/js-tiktoken.ts';
import { type Arguments, type CommandContext, UsageError, wantsJson } from './command.ts';
import { readInputs } from './inputs.ts';

import { pluralize } from './reporters/findings-plain.ts';
import type { Terminal } from './terminal.ts';

/** Places that are printed for one prompt. */
const MAX_PLACES = 20;

interface VerifiedFile extends CountVerification {
  readonly path: string;
  /** The ids of the prompt's rows. */
  readonly ids: readonly string[];
}

/** `tokens --verify`: exits with 1 when a count differs for an unknown reason. Throws UsageError. */
export async function verifyFiles(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, cwd } = context;
  const jsTiktoken = findJsTiktoken([import.meta.dirname, cwd]);
  if (!jsTiktoken)
    throw new UsageError(
      '--verify needs the package js-tiktoken, which is not installed here: npm install --save-dev js-tiktoken',
    );
  const inputs = await readInputs(args.files, context);
  const knowledge = new PromptKnowledge(today());
  const counters = new Map<EncodingName, ReferenceCounter>();
  const openCounter = (encoding: EncodingName): ReferenceCounter => {
    const counter = counters.get(encoding) ?? jsTiktoken.counter(encoding);
    counters.set(encoding, counter);
    return counter;
  };
  const files: VerifiedFile[] = [];
  for (const [i, input] of inputs.entries()) {
    terminal.status(`verifying ${i + 1} of ${inputs.length}: ${input.path}`);
    if (input.prompt.kind !== 'prompt') continue;
    files.push(describeFile(input, await verifyTokens(input, knowledge, openCounter)));
  }
  terminal.status('');
  if (wantsJson(args)) terminal.printJson(formatJson(files, jsTiktoken.version));
  else printFiles(files, jsTiktoken.version, terminal);
  return files.some(({ differences }) => differences.some(({ reason }) => !reason)) ? 1 : 0;
}

function describeFile(input: PromptInput, verification: CountVerification): VerifiedFile {
  return { ...verification, path: input.path, ids: assignCaseIds(collectRows(input)) };
}

function formatJson(files: readonly VerifiedFile[], version: string): unknown {
  return {
    v: 1,
    reference: { package: 'js-tiktoken', version },
    files: files.map(({ path, encoding, equal, differences, skipped, ids }) => ({
      path,
      encoding,
      equal,
      differences: differences.map(({ place, tokens, reference, reason }) => ({
        ...formatPlace(place, ids),
        tokens,
        reference,
        reason,
      })),
      skipped: skipped.map((place) => formatPlace(place, ids)),
    })),
    summary: summarize(files),
  };
}

function formatPlace(place: CountPlace, ids: readonly string[]): object {
  if (!('row' in place)) return place;
  const { row, ...rest } = place;
  return { ...rest, case: row === null ? null : (ids[row] ?? null) };
}

function summarize(files: readonly VerifiedFile[]) {
  const differences = files.flatMap((file) => file.differences);
  return {
    files: files.length,
    equal: files.reduce((sum, { equal }) => sum + equal, 0),
    explained: differences.filter(({ reason }) => reason !== null).length,
    unexplained: differences.filter(({ reason }) => reason === null).length,
    skipped: files.reduce((sum, { skipped }) => sum + skipped.length, 0),
  };
}

function printFiles(files: readonly VerifiedFile[], version: string, terminal: Terminal): void {
  for (const { path, encoding, equal, differences, skipped, ids } of files) {
    terminal.print(`${terminal.style(path, 'bold')}  ${encoding}`);
    if (equal > 0)
      terminal.print(`  ${terminal.style('✓', 'green')} ${pluralize(equal, 'count')} equal`);
    for (const difference of differences.slice(0, MAX_PLACES))
      terminal.print(`  ${describeDifference(difference, ids, terminal)}`);
    for (const place of skipped.slice(0, MAX_PLACES))
      terminal.print(`  ${terminal.style('–', 'yellow')} ${describePlace(place, ids)}: skipped`);
    const more = [differences, skipped].reduce(
      (n, list) => n + Math.max(0, list.length - MAX_PLACES),
      0,
    );
    if (more > 0) terminal.print(`  and ${more} more`);
  }
  const { equal, explained, unexplained, skipped } = summarize(files);
  if (explained > 0)
    terminal.print(
      '* U+0085 and U+FEFF: js-tiktoken differs from tiktoken in what is white space. With tiktoken’s definition it counts the same.',
    );
  if (skipped > 0)
    terminal.print('Skipped: js-tiktoken takes minutes for texts with long runs without spaces.');
  const counts = [
    `${pluralize(equal, 'count')} equal`,
    ...(explained > 0 ? [`${explained} different for a known reason`] : []),
    `${unexplained} different`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  terminal.print(
    `${pluralize(files.length, 'prompt')}, js-tiktoken ${version}: ${counts.join(', ')}`,
  );
}

function describeDifference(
  { place, tokens, reference, reason }: CountDifference,
  ids: readonly string[],
  terminal: Terminal,
): string {
  const mark = reason === null ? terminal.style('✗', 'red') : terminal.style('*', 'yellow');
  return `${mark} ${describePlace(place, ids)}: ${tokens} tokens, js-tiktoken counts ${reference}`;
}

function describePlace(place: CountPlace, ids: readonly string[]): string {
  switch (place.kind) {
    case 'schema':
      return 'JSON schema';
    case 'call':
      return `call${describeCase(place.row, ids)}`;
    case 'message':
      return `message ${place.message} (${place.role ?? '?'})${describeCase(place.row, ids)}`;
    case 'static':
      return `message ${place.message} (${place.role ?? '?'}), without placeholders`;
    case 'min':
    case 'median':
    case 'max':
      return `message ${place.message} (${place.role ?? '?'}), ${place.kind} over the cases`;
    default:
      return place satisfies never;
  }
}

function describeCase(row: number | null, ids: readonly string[]): string {
  return row === null ? '' : `, case "${ids[row] ?? row + 1}"`;
}
