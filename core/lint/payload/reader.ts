import { TextReadings } from '../engine/text-readings.ts';
import { type Payload, PayloadDetector } from './detect.ts';

/** The detector is created once: its patterns never change. */
const detector = new PayloadDetector();

/** Finds payloads in texts. Results are cached in the readings. */
export class PayloadReader {
  readonly #readings: TextReadings;

  constructor(readings = new TextReadings()) {
    this.#readings = readings;
  }

  /** Finds the payload in data. */
  inData(text: string): Payload | null {
    return this.#readings.get(found, text);
  }

  /** Finds the payload in a text by the prompt's author. */
  inAuthored(text: string): Payload | null {
    return this.#readings.get(both, text).authored;
  }

  /** Finds the payload that only decoding reveals. */
  encoded(text: string): Payload | null {
    return this.#readings.get(both, text).encoded;
  }
}

const found = (text: string): Payload | null => detector.detect(text);
const both = (text: string): ReturnType<PayloadDetector['detectBoth']> => detector.detectBoth(text);
