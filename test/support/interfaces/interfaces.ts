import { chatInterface } from './chat.ts';
import { messagesInterface } from './messages.ts';
import { responsesInterface } from './responses.ts';
import type { SampleInterface } from './sample-interface.ts';

/** Every interface that models are called through over the network. */
export const INTERFACES: readonly SampleInterface[] = [
  chatInterface,
  responsesInterface,
  messagesInterface,
];
