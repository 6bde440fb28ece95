import type { Settings } from '../settings.ts';
import { parseModelId } from './model-id.ts';
import type { ModelTraits } from './select-parameters.ts';

/** What settings say of a model under any spelling of its id; undefined = nothing. */
export function findTraits(models: Settings['models'], id: string): ModelTraits | undefined {
  const wanted = parseModelId(id).id;
  const own = Object.hasOwn(models, id) ? models[id] : undefined;
  const setting =
    own ?? Object.entries(models).find(([name]) => parseModelId(name).id === wanted)?.[1];
  const { reasons, takesTemperature } = setting ?? {};
  if (reasons === undefined && takesTemperature === undefined) return undefined;
  return {
    ...(reasons === undefined ? {} : { reasons }),
    ...(takesTemperature === undefined ? {} : { takesTemperature }),
  };
}
