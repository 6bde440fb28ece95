/** What a signal is evidence of. A family counts up to its cap, so that variants of one phrase do not add up. */
export type Family =
  | 'override'
  | 'mode'
  | 'persona'
  | 'no-limits'
  | 'no-refusal'
  | 'wicked'
  | 'extraction'
  | 'markup'
  | 'forced-output'
  | 'exfiltration'
  | 'tools'
  | 'authority'
  | 'fiction'
  | 'from-now-on'
  | 'identity'
  | 'pressure'
  | 'language';

/** Evidence that a text steers the model that reads it. Data: a family of meaning, not a phrase of some text. */
export interface Signal {
  readonly family: Family;
  /** A weight of 1 is enough alone. */
  readonly weight: number;
  /** True if it also counts in a message by the prompt's author, where other signals are normal. */
  readonly strict?: boolean;
  /** What such words want. */
  readonly purpose: string;
  /** Texts in which it is found. */
  readonly examples: readonly string[];
  /**
   * The collections of attacks that it was made from or first measured on; empty for a signal made from grammar
   * alone. `bench:lint` leaves a signal out where it measures on the only collection that it was seen in.
   */
  readonly seenIn: readonly string[];
  /** Sequences of words, see core/lint/payload/sequence.ts. */
  readonly patterns?: readonly string[];
  /** Expressions over normalized text, for what is not words. */
  readonly marks?: readonly RegExp[];
}

export type Signals = Readonly<Record<string, Signal>>;

/** The maximum weight of each family. */
export const CAPS: Readonly<Record<Family, number>> = {
  override: 1.5,
  mode: 1.5,
  persona: 0.7,
  'no-limits': 0.9,
  'no-refusal': 0.9,
  wicked: 0.8,
  extraction: 1,
  markup: 1.5,
  'forced-output': 0.8,
  exfiltration: 1.5,
  tools: 0.8,
  authority: 1.5,
  fiction: 0.4,
  'from-now-on': 0.35,
  identity: 0.7,
  pressure: 0.5,
  language: 1.5,
};
