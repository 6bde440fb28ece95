/** What a five-point judge asks, as data. The texts are our own. */
export interface FivePointJudge {
  readonly kind: string;
  readonly summary: string;
  /** What the judge needs besides the answer. */
  readonly needs: readonly ('input' | 'expected')[];
  readonly question: string;
  /** What a 1, 2, 3, 4 and 5 means. */
  readonly anchors: readonly [string, string, string, string, string];
}

export const FIVE_POINT_JUDGES: readonly FivePointJudge[] = [
  {
    kind: 'similarity',
    summary: 'How close the answer’s meaning is to the row’s `expected`.',
    needs: ['input', 'expected'],
    question:
      'Does the ANSWER say the same as the REFERENCE, given the REQUEST? Wording, order and length do not matter; facts, numbers, names and conclusions do.',
    anchors: [
      'It says something else, or contradicts the reference.',
      'It shares the topic, but most of what the reference says is missing or wrong.',
      'It has about half of what the reference says, or one important point is wrong.',
      'It says nearly all of it; only small points are missing or differ.',
      'It means the same.',
    ],
  },
  {
    kind: 'coherence',
    summary: 'How well the answer hangs together.',
    needs: ['input'],
    question:
      'Do the sentences of the ANSWER follow from one another and form one clear line of thought that addresses the REQUEST? Judge the structure only, not the facts.',
    anchors: [
      'Loose fragments, or it contradicts itself throughout.',
      'Some sentences connect, but the line of thought is mostly lost.',
      'It can be followed, with jumps or repetitions that get in the way.',
      'A clear line of thought with small unevenness.',
      'Every sentence has its place; the whole is easy to follow.',
    ],
  },
  {
    kind: 'fluency',
    summary: 'How well the answer is written.',
    needs: [],
    question:
      'Is the ANSWER well written: grammar, spelling, choice of words, flow? Judge the language only, in whatever language it is, not the facts and not whether it helps.',
    anchors: [
      'Hardly readable.',
      'Many mistakes; the reader must guess at meanings.',
      'Understandable, with noticeable mistakes or stiff wording.',
      'Well written, with rare slips.',
      'Correct and natural throughout.',
    ],
  },
  {
    kind: 'relevance',
    summary: 'How well the answer addresses the request.',
    needs: ['input'],
    question:
      'Does the ANSWER deal with what the REQUEST asks, all of it and nothing beside it? An answer that is well meant but about something else is not relevant.',
    anchors: [
      'It does not deal with the request.',
      'It touches the topic but misses what was asked.',
      'It deals with part of the request, or buries the answer in other matter.',
      'It deals with the request; a minor part is missing or superfluous.',
      'It deals with exactly what was asked, completely.',
    ],
  },
  {
    kind: 'groundedness',
    summary: 'How far the answer’s statements are supported by the input.',
    needs: ['input'],
    question:
      'Is every statement of fact in the ANSWER supported by the REQUEST and the material in it? What is true in the world but not in that material counts as unsupported.',
    anchors: [
      'Its statements are invented or contradict the material.',
      'Most statements are not supported.',
      'About half are supported, or one important statement is not.',
      'Supported but for a small detail.',
      'Every statement is supported.',
    ],
  },
];
