import type { RenderedMessage } from '#core/protocol.ts';

/** A part of what is sent and what it takes. */
export interface Part {
  /** Index of the message. */
  readonly message: number;
  /** The variable; null is the prompt's own text. */
  readonly name: string | null;
  readonly tokens: number;
  /** Of all parts, 0 to 1. */
  readonly share: number;
}

/** The parts of a prompt, each variable of a message once, largest first. Empty while not counted. */
export function listParts(messages: readonly RenderedMessage[]): Part[] {
  const sums = messages.flatMap((message, index) =>
    [...sumTokensByName(message)].map(([name, tokens]) => ({ message: index, name, tokens })),
  );
  const total = sums.reduce((sum, { tokens }) => sum + tokens, 0);
  return sums
    .filter(({ tokens }) => tokens > 0)
    .map((part) => ({ ...part, share: part.tokens / total }))
    .sort((a, b) => b.tokens - a.tokens);
}

/** How strongly a part is colored, 0 to 5: half of everything and more is 5. */
export function computeHeat(share: number): number {
  return Math.min(5, Math.ceil(share * 10));
}

function sumTokensByName({ spans }: RenderedMessage): Map<string | null, number> {
  const sums = new Map<string | null, number>();
  for (const { name, tokens } of spans) sums.set(name, (sums.get(name) ?? 0) + (tokens ?? 0));
  return sums;
}
