import { findPublisherByPrefix } from './publishers.ts';

/** An id without what a service writes around the maker's name and the model's. */
export interface FoldedSpelling {
  /** The service that the spelling belongs to; null = none. */
  readonly host: string | null;
  /** The maker, where the service names it; null = the name tells. */
  readonly publisher: string | null;
  readonly name: string;
}

/** Amazon Bedrock's names: a region or `global`, the maker, the model and its version there. */
const BEDROCK_ARN =
  /^arn:aws[\w-]{0,20}:bedrock:[\w-]{0,30}:\d{0,20}:(?:foundation-model|inference-profile|provisioned-model|custom-model)\//;
const BEDROCK_REGION = /^(?:us|eu|apac|ap|au|jp|ca|sa|me|us-gov|global)\./;
const BEDROCK_VERSION = /-v\d{1,2}(?::\d{1,2}(?::[\w-]{1,10})?)?$/;

/** Google's and Fireworks' resource names. */
const RESOURCE = /^(?:publishers\/([\w-]{1,40})\/models|models|accounts\/([\w-]{1,40})\/models)\//;
const HUGGING_FACE = /^(?:hf\.co|huggingface\.co)\/[\w.-]{1,96}\//;

/** Folds the spellings of services; null for an id that none of them writes. */
export function foldSpelling(id: string): FoldedSpelling | null {
  const text = id.toLowerCase();
  const plain = text.replace(BEDROCK_ARN, '');
  const isArn = plain !== text;
  const [publisher, rest] = splitOnce(plain.replace(BEDROCK_REGION, ''), '.');
  const maker = rest === null ? null : findBedrockMaker(publisher);
  if (rest !== null && maker !== null && !rest.includes('/'))
    return { host: 'aws', publisher: maker, name: rest.replace(BEDROCK_VERSION, '') };
  if (isArn) return { host: 'aws', publisher: null, name: plain };
  const resource = RESOURCE.exec(text);
  if (resource) {
    const [all, google, account] = resource;
    const name = text.slice(all.length);
    if (account !== undefined) return { host: 'fireworks', publisher: null, name };
    const host = google === undefined ? null : 'vertex';
    return {
      host,
      publisher: google === undefined ? 'google' : findPublisherByPrefix(google),
      name,
    };
  }
  const hub = HUGGING_FACE.exec(text);
  return hub ? { host: 'ollama', publisher: null, name: text.slice(hub[0].length) } : null;
}

/** Makers by the word that Bedrock puts before the name. */
function findBedrockMaker(word: string): string | null {
  return word === 'ai21' ? 'ai21-labs' : findPublisherByPrefix(word);
}

function splitOnce(text: string, separator: string): [before: string, after: string | null] {
  const at = text.indexOf(separator);
  return at <= 0 || at === text.length - 1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
