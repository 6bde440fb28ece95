import { LANGUAGES } from '../signals/languages.ts';
import { ENGLISH } from './concepts.ts';
import { reverse, rot13 } from './views.ts';

/** A word's number in a lexicon; 0 for unknown words, negative for disguised forms of words. */
export type WordId = number;

/** A known word in ROT13, or reversed. */
export const ROT13_IMAGE = -1;
export const REVERSED_IMAGE = -2;
/** The disguised forms of shorter words are often words themselves. */
const MIN_DISGUISED = 5;

/**
 * The relevant words and their meanings. A meaning is a concept (`IGNORE`, `RULE@de`) or the word
 * itself.
 */
export class Lexicon {
  readonly #ids = new Map<string, WordId>();
  readonly #members = new Map<string, WordId[]>();
  #size = 1;
  /** Longest word in UTF-16 units. */
  longest = 1;

  constructor() {
    for (const [concept, { verbs, nouns, words }] of Object.entries(ENGLISH)) {
      for (const verb of list(verbs)) for (const form of verbForms(verb)) this.#add(concept, form);
      for (const noun of list(nouns)) for (const form of nounForms(noun)) this.#add(concept, form);
      for (const word of list(words)) this.#add(concept, word);
    }
    for (const [language, concepts] of Object.entries(LANGUAGES))
      for (const [name, words] of Object.entries(concepts))
        for (const word of list(words)) this.#add(`${name.toUpperCase()}@${language}`, word);
  }

  /** The number of words, 0 included. */
  get size(): number {
    return this.#size;
  }

  id(word: string): WordId {
    return this.#ids.get(word) ?? 0;
  }

  /** Must be called after all words are added: indexes their disguised forms. */
  addImages(): void {
    for (const word of [...this.#ids.keys()]) {
      if (word.length < MIN_DISGUISED || /[^a-z]/.test(word)) continue;
      this.#addImage(rot13(word), ROT13_IMAGE);
      this.#addImage(reverse(word), REVERSED_IMAGE);
    }
  }

  /** Adds a word that is its own meaning. */
  addWord(word: string): WordId {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#size++;
    this.#ids.set(word, id);
    this.longest = Math.max(this.longest, word.length);
    return id;
  }

  /** Returns the words of a concept. Throws for an unknown concept: patterns are part of this program. */
  members(concept: string): readonly WordId[] {
    const ids = this.#members.get(concept);
    if (!ids) throw new Error(`no concept ${concept}`);
    return ids;
  }

  has(concept: string): boolean {
    return this.#members.has(concept);
  }

  #addImage(image: string, kind: WordId): void {
    if (!this.#ids.has(image)) this.#ids.set(image, kind);
  }

  #add(concept: string, word: string): void {
    const id = this.addWord(word);
    const ids = this.#members.get(concept);
    if (!ids) this.#members.set(concept, [id]);
    else if (!ids.includes(id)) ids.push(id);
  }
}

function list(words: string | undefined): string[] {
  return words === undefined || words === '' ? [] : words.split(' ');
}

/** A regular verb's forms: ignore, ignores, ignored, ignoring. */
function verbForms(verb: string): string[] {
  const forms = [verb, sibilant(verb)];
  if (verb.endsWith('e')) return [...forms, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(verb)) return [...forms, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  const stem = DOUBLING.test(verb) ? verb + verb.at(-1) : verb;
  return [...forms, `${stem}ed`, `${stem}ing`];
}

/** Verbs among the concepts whose last consonant doubles. */
const DOUBLING =
  /^(?:forget|stop|quit|ship|drop|begin|run|submit|transmit|omit|skip|let|get|spot|plug|cut|permit)$/;

function nounForms(noun: string): string[] {
  return [noun, sibilant(noun)];
}

function sibilant(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
