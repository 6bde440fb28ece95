import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Model, ModelPart, ModelRequest, StoredAnswer } from '#core/eval/model.ts';
import { requestKey } from '#core/eval/plan/request.ts';
import type { Clock } from '#core/eval/ports.ts';
import { decodeFile } from '../files.ts';
import { type ReadAnswer, readStoredAnswer } from './stored-answer.ts';

/** Where a prompt file's answers are kept: `recordings/<stem>.jsonl` beside it. */
export function getRecordingsPath(promptFile: string): string {
  const stem = basename(promptFile).replace(/\.?prompt\.ya?ml$/i, '') || 'prompt';
  return join(dirname(promptFile), 'recordings', `${stem}.jsonl`);
}

/** Answers by request key, and hand-written ones by case, role and model. A later line wins. */
export class Recordings {
  /** For messages. */
  readonly name: string;
  readonly #byKey = new Map<string, ReadAnswer>();
  readonly #samples = new Map<string, Samples>();

  constructor(name: string, answers: Iterable<ReadAnswer>) {
    this.name = name;
    for (const answer of answers) {
      const { key, why } = answer;
      const name = sampleName(why.case, why.role);
      const samples = this.#samples.get(name) ?? { byModel: new Map(), recorded: 0 };
      this.#samples.set(name, samples);
      if (key !== undefined) {
        this.#byKey.set(key, answer);
        samples.recorded++;
      } else {
        addSample(samples.byModel, answer);
      }
    }
  }

  /** True when at least one answer was written by hand. */
  get hasSamples(): boolean {
    for (const { byModel } of this.#samples.values()) if (byModel.size > 0) return true;
    return false;
  }

  /** The answer to a request, or one sentence that says what is missing. */
  find(request: ModelRequest): ReadAnswer | { readonly error: string } {
    const recorded = this.#byKey.get(requestKey(request));
    if (recorded) return recorded;
    const { case: id, role, repeat } = request.why;
    const { byModel, recorded: others } = this.#samples.get(sampleName(id, role)) ?? {
      byModel: new Map(),
      recorded: 0,
    };
    const list =
      [...byModel].find(([model]) => model !== null && isSameModel(model, request.model))?.[1] ??
      byModel.get(null);
    const sample = list?.[repeat];
    if (sample) return sample;
    const what = `case "${id}"${role === 'answer' ? '' : ` (${role})`} of ${request.model}`;
    if (list && list.length > 0) {
      return {
        error: `${this.name} has ${list.length} answers for ${what}, and repeat ${repeat + 1} is asked for`,
      };
    }
    const reason =
      others > 0
        ? '; what was recorded for it belongs to another request: the prompt, the row or the model changed'
        : '';
    return {
      error: `${this.name} has no answer for ${what}${reason}. Record it with --record, or add a line`,
    };
  }
}

/** Samples in the order of their repeats, by the model they are of (null: any). */
interface Samples {
  readonly byModel: Map<string | null, ReadAnswer[]>;
  recorded: number;
}

/** Reads a recording. Rejects with one sentence that names file and line. A cut last line is ignored. */
export async function readRecordings(path: string): Promise<Recordings> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(
      `there are no recorded answers: ${path} does not exist. Record them with --record`,
    );
  }
  // Sample answers are written by hand, in any editor. A cut last line may end within a character.
  const end = bytes.lastIndexOf(0x0a) + 1;
  const isCut = end > 0 && !bytes.subarray(end).toString('latin1').trimEnd().endsWith('}');
  const decoded = decodeFile(path, isCut ? bytes.subarray(0, end) : bytes);
  if ('error' in decoded) throw new Error(decoded.error.message.replace(/\.$/, ''));
  const { text } = decoded;
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const answers = lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [readStoredAnswer(line)];
    } catch (error) {
      if (i === lines.length - 1 && !line.trimEnd().endsWith('}')) return [];
      throw new Error(`${path}, line ${i + 1}: ${(error as Error).message}`);
    }
  });
  return new Recordings(path, answers);
}

/** Answers from recordings only; a miss is an error of its case. */
export function createReplayModel(recordings: Recordings): Model {
  return {
    async *complete(request): AsyncGenerator<ModelPart> {
      const found = recordings.find(request);
      if ('error' in found) {
        yield { kind: 'error', error: { kind: 'not-recorded', message: found.error } };
        return;
      }
      const { answer, source } = found;
      yield { kind: 'text', text: answer.text };
      // Only a key ties an answer to the very request. Wherever a sample goes it says what it is.
      const isSample = source === 'sample' || found.key === undefined;
      const servedBy = isSample ? `${answer.servedBy} (sample answer)` : answer.servedBy;
      const replayed = {
        source: isSample ? ('sample' as const) : ('recording' as const),
        ...(found.at === '' ? {} : { at: found.at }),
      };
      yield { kind: 'end', answer: { ...answer, servedBy }, replayed };
    },
  };
}

/** Passes calls on and appends every answer to a recording before it is shown: no headers, no keys. */
export function createRecordingModel(model: Model, path: string, clock: Pick<Clock, 'now'>): Model {
  let ready: Promise<void> | null = null;
  return {
    async *complete(request, signal): AsyncGenerator<ModelPart> {
      for await (const part of model.complete(request, signal)) {
        if (part.kind === 'end') {
          ready ??= prepare(path);
          await ready;
          const stored: StoredAnswer = {
            v: 1,
            key: requestKey(request),
            why: request.why,
            model: request.model,
            answer: part.answer,
            at: new Date(clock.now()).toISOString(),
            source: 'model',
          };
          await appendFile(path, `${JSON.stringify(stored)}\n`);
        }
        yield part;
      }
    },
  };
}

/** Makes the folder and ends a last line that has no end. */
async function prepare(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    if (size === 0) return;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer[0] !== 10) await file.appendFile('\n');
  } finally {
    await file.close();
  }
}

function addSample(byModel: Samples['byModel'], answer: ReadAnswer): void {
  const list = byModel.get(answer.model) ?? [];
  byModel.set(answer.model, list);
  list[answer.why.repeat ?? list.length] = answer;
}

function sampleName(id: string, role: string): string {
  return JSON.stringify([id, role]);
}

/** `openai/gpt-4o` in a sample is `gpt-4o` at its provider. */
function isSameModel(written: string, asked: string): boolean {
  return written === asked || written.endsWith(`/${asked}`) || asked.endsWith(`/${written}`);
}
