import { type FoldedSpelling, foldSpelling } from './fold-spelling.ts';
import { findHost, findPublisher, findPublisherByPrefix, listSpellings } from './publishers.ts';

/** How an id was written (docs/format.md). `auto` and `none` name no model. */
export type ModelSpelling =
  | 'publisher'
  | 'bare'
  | 'github'
  | 'azureml'
  | 'custom'
  | 'host'
  | 'ollama'
  | 'auto'
  | 'none';

export interface ModelId {
  /** As written, without surrounding space. */
  readonly written: string;
  readonly spelling: ModelSpelling;
  /** The service that the id names (`github-models`, `azure`, `openrouter`, `ollama`, `custom` …); null when it names none. */
  readonly host: string | null;
  /** The maker's canonical name (`openai`), from the id or from how the name begins; null when neither tells. */
  readonly publisher: string | null;
  /** The model's own name in lower case, without publisher and tag. */
  readonly name: string;
  /** What stands after a colon: `7b`, `free`. */
  readonly tag: string | null;
  /** `publisher/name[:tag]`, or what is known of it: equal for all spellings of one model. */
  readonly id: string;
}

/** No id of a real model is this long; longer ones are unknown without a look. */
export const MAX_ID_LENGTH = 200;

const AZUREML =
  /^azureml:\/\/registries\/([^/]+)\/models\/([^/]+)(?:\/(?:versions|labels)\/([^/]+))?\/?$/i;
const ISO_DATE = /^20\d{2}-\d{2}-\d{2}$/;
/** `openai:chat:gpt-4o`: the API that promptfoo ids name between provider and model. */
const API_SEGMENT = /^(?:chat|messages|completion|responses|text):/i;

/** Reads every spelling of a model id. Never fails: what fits nothing is a bare name. */
export function parseModelId(written: string | null | undefined): ModelId {
  const text = (written ?? '').trim();
  if (text === '') return nameless(text, 'none');
  if (text.toLowerCase() === 'auto') return nameless(text, 'auto');
  const azure = AZUREML.exec(text);
  if (azure) return fromRegistry(text, azure[1] ?? '', azure[2] ?? '', azure[3]);
  const folded = text.length > MAX_ID_LENGTH ? null : foldSpelling(text);
  if (folded) return fromFolded(text, folded);
  return fromPath(text, text, null, null);
}

/** True when the id names no model: `auto`, empty or absent. */
export function isUnnamed(id: ModelId): boolean {
  return id.spelling === 'auto' || id.spelling === 'none';
}

/** True for models that an editor brings, `vscode/<vendor>/<model>`: which there are only it knows. */
export function isEditorModel(written: string): boolean {
  return /^\s*vscode\/./i.test(written);
}

function nameless(written: string, spelling: 'auto' | 'none'): ModelId {
  return { written, spelling, host: null, publisher: null, name: '', tag: null, id: spelling };
}

/** Azure's registries are named for publishers; a version of an OpenAI model is its snapshot's date. */
function fromRegistry(
  written: string,
  registry: string,
  model: string,
  version: string | undefined,
): ModelId {
  const suffix = registry
    .toLowerCase()
    .replace(/^azureml-|^azure-/, '')
    .replace(/-oss$/, '');
  const name = version && ISO_DATE.test(version) ? `${model}-${version}` : model;
  return build(
    written,
    'azureml',
    'azure',
    findPublisherByPrefix(suffix) ?? findPublisher(model),
    name,
    null,
  );
}

/** The name may still say its maker: `meta-llama/llama-3.1-8b`. */
function fromFolded(written: string, { host, publisher, name }: FoldedSpelling): ModelId {
  if (host === 'ollama') return fromPath(written, name, 'ollama', 'ollama');
  const spelling = host === null ? 'publisher' : 'host';
  return publisher === null
    ? fromPath(written, name, spelling, host)
    : build(written, spelling, host, publisher, name, null);
}

function fromPath(
  written: string,
  rest: string,
  spelling: ModelSpelling | null,
  host: string | null,
): ModelId {
  const cut = rest.search(/[/:]/);
  const prefix = cut > 0 ? rest.slice(0, cut) : '';
  const after = rest.slice(cut + 1);
  const service = after === '' ? null : findHost(prefix);
  if (service !== null && host === null) {
    const name = after.replace(API_SEGMENT, '');
    const folded = foldSpelling(name);
    if (folded?.publisher != null)
      return build(written, spellingFor(service), service, folded.publisher, folded.name, null);
    const rest = folded === null || service === 'ollama' ? name : folded.name;
    return fromPath(written, rest, spellingFor(service), service);
  }
  const publisher = after === '' ? null : findPublisherByPrefix(prefix);
  if (rest[cut] === ':' && publisher !== null && isModelAfterColon(after)) {
    return named(written, spelling ?? 'publisher', host, publisher, after.replace(API_SEGMENT, ''));
  }
  if (rest[cut] === '/' && after !== '') {
    return named(written, spelling ?? 'publisher', host, publisher ?? prefix.toLowerCase(), after);
  }
  return named(written, spelling ?? 'bare', host, null, rest);
}

function named(
  written: string,
  spelling: ModelSpelling,
  host: string | null,
  publisher: string | null,
  rest: string,
): ModelId {
  // `ft:gpt-4o-mini:org::id` is a name with colons, not a tag.
  const colon = /^ft:/i.test(rest) ? -1 : rest.indexOf(':');
  const name = colon > 0 ? rest.slice(0, colon) : rest;
  const tag = colon > 0 ? rest.slice(colon + 1) : null;
  const isLocal = spelling === 'bare' && tag !== null;
  return build(
    written,
    isLocal ? 'ollama' : spelling,
    isLocal ? 'ollama' : host,
    publisher ?? findPublisher(name) ?? publisherWithin(name, host),
    name,
    tag,
  );
}

function build(
  written: string,
  spelling: ModelSpelling,
  host: string | null,
  publisher: string | null,
  rawName: string,
  rawTag: string | null,
): ModelId {
  const name = rawName.toLowerCase();
  const tag = rawTag === null || rawTag === '' ? null : rawTag.toLowerCase();
  const model = tag === null ? name : `${name}:${tag}`;
  return {
    written,
    spelling,
    host,
    publisher,
    name,
    tag,
    id: publisher === null ? model : `${publisher}/${model}`,
  };
}

function spellingFor(host: string): ModelSpelling {
  switch (host) {
    case 'github-models':
      return 'github';
    case 'custom':
      return 'custom';
    case 'ollama':
      return 'ollama';
    default:
      return 'host';
  }
}

/** Amazon Bedrock writes region and publisher into the name: `us.anthropic.claude-…`. */
function publisherWithin(name: string, host: string | null): string | null {
  return host === 'aws'
    ? (name
        .split('.')
        .map(findPublisherByPrefix)
        .find((found) => found !== null) ?? null)
    : null;
}

/** `mistral:7b` is a local model with a tag, `mistral:mistral-large-latest` a publisher with a model. */
function isModelAfterColon(text: string): boolean {
  return (
    API_SEGMENT.test(text) || !/^(?:latest|\d|[aev]\d|instruct|text|chat|code|cloud)/i.test(text)
  );
}

/** The names a catalogue may list the model under: its own, and without a repeated publisher (`cohere/cohere-command-a`). */
export function listModelNames(id: ModelId): readonly string[] {
  const names = [id.name, ...listBaseNames(id.name)];
  for (const spelling of id.publisher === null ? [] : listSpellings(id.publisher)) {
    const own = `${spelling}-`;
    if (id.name.startsWith(own) && id.name.length > own.length)
      names.push(id.name.slice(own.length));
  }
  return names;
}

/** A fine-tuned model is like the one it was made from: `ft:gpt-4o-mini-2024-07-18:acme::id`. */
function listBaseNames(name: string): string[] {
  const base = /^ft:([^:]+)/.exec(name)?.[1];
  return base === undefined ? [] : [base];
}
