import { selectParameters } from '../../models/select-parameters.ts';
import type { ModelRequest } from '../model.ts';

/** The parameters of a request that are sent, and what is changed about the prompt. */
export function selectSent({
  model,
  parameters,
  responseFormat,
  connection,
}: Pick<ModelRequest, 'model' | 'parameters' | 'responseFormat' | 'connection'>): ReturnType<
  typeof selectParameters
> {
  const { api = 'chat', traits } = connection ?? {};
  return selectParameters({
    api,
    model,
    parameters,
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...(traits === undefined ? {} : { traits }),
  });
}
