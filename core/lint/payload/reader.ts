import { TextReadings } from '../engine/text-readings.ts';
import { type Payload, PayloadDetector } from './detect.ts';

/** The detector is made once: its patterns never change. */
const detector = new PayloadDetector();

/** Finds payloads in texts, looking at each text once as long as the readings live. */
export class PayloadReader {
  readonly #readings: TextReadings;

  constructor(readings = new TextReadings()) {
    this.#readings = readings;
  }

  /** The payload in data. */
  inData(text: string): Payload | null {
    return this.#readings.get(found, text);
  }

  /** The payload in a text that the author wrote. */
  inAuthored(text: string): Payload | null {
    return this.#readings.get(both, text).authored;
  }

  /** The payload that shows only when decoded. */
  encoded(text: string): Payload | null {
    return this.#readings.get(both, text).encoded;
  }
}

const found = (text: string): Payload | null => detector.detect(text);
const both = (text: string): ReturnType<PayloadDetector['detectBoth']> => detector.detectBoth(text);
