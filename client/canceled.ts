/** Whether VS Code gave up what was asked of it because it ends; what was under way rejects with a plain Error. */
export function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.name === 'Canceled';
}
