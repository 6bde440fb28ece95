import type { Path } from '#core/prompt/locate.ts';
import type { DocumentKind } from '../analysis.ts';

/** True for places that name a model. */
export function isModelPath(kind: DocumentKind, path: Path): boolean {
  const [first] = path;
  const last = path.at(-1);
  if (kind === 'settings')
    return (
      (first === 'routes' && last === 'model') ||
      (first === 'eval' && last === 'judge') ||
      (first === 'models' && path.length === 2)
    );
  return (
    (first === 'model' && path.length === 1) ||
    (first === 'candidates' && path.length === 2) ||
    (path.at(-2) === 'llm' && last === 'modelId')
  );
}
