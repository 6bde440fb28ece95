import type { ModelRequest } from '#core/eval/model.ts';

/** A judge that always gives this reply, and what it was asked. */
export function replying(text: string, cost: number | null = 0.01) {
  const asked: { model: string; messages: ModelRequest['messages'] }[] = [];
  return {
    asked,
    context: {
      ask: async (model: string, messages: ModelRequest['messages']) => {
        asked.push({ model, messages });
        return { text, cost };
      },
    },
  };
}
