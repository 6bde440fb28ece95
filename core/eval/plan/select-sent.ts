import { selectParameters } from '../../models/select-parameters.ts';
import type { ModelRequest } from '../model.ts';

/** The parameters of a request that are sent, and what is changed about the prompt. */
export function selectSent({
  model,
  parameters,
  responseFormat,
  jsonSchema,
  connection,
}: Pick<
  ModelRequest,
  'model' | 'parameters' | 'responseFormat' | 'jsonSchema' | 'connection'
>): ReturnType<typeof selectParameters> {
  const { api = 'chat', traits } = connection ?? {};
  return selectParameters({
    api,
    model,
    parameters,
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
    ...(traits === undefined ? {} : { traits }),
  });
}
