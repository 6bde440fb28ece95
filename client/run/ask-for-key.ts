import { type InputBox, InputBoxValidationSeverity, ThemeIcon, window } from 'vscode';
import { type ListedEndpoint, listModels } from '#app/models/list-models.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { UserError } from '#core/user-error.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { readNetwork } from './read-network.ts';

/** An origin and the base URL of its API. */
export interface KeyPlace {
  readonly origin: string;
  readonly baseUrl: string;
  /** The interface there; default: that of the preset with this address. */
  readonly api?: ModelApi;
}

/** Timeout for the test of a key, in ms. */
const TEST_TIMEOUT_MS = 10_000;

/** Asks for a key and stores it; false if the user cancels. A button tests it first. */
export function askForKey(keys: ApiKeys, place: KeyPlace): Promise<boolean> {
  const { origin } = place;
  const box = window.createInputBox();
  const test = { iconPath: new ThemeIcon('beaker'), tooltip: 'Test Key' };
  box.title = `API key for ${origin}`;
  box.prompt = `The key is kept in the secret storage of VS Code and sent only to ${origin}.`;
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = [test];
  return new Promise((resolve) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton(() => tryKey(box, place));
    box.onDidAccept(async () => {
      const key = box.value.trim();
      if (key === '') return;
      await keys.store(origin, key);
      resolve(true);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(false);
      box.dispose();
    });
    box.show();
  });
}

/** The models that an endpoint serves; an unreadable file of authorities is an error like others. */
async function listServed(endpoint: ListedEndpoint): ReturnType<typeof listModels> {
  try {
    const network = await readNetwork();
    return await listModels({ ...endpoint, network }, AbortSignal.timeout(TEST_TIMEOUT_MS));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { error: { kind: 'not-found', message: error.message } };
  }
}

async function tryKey(box: InputBox, { baseUrl, api }: KeyPlace): Promise<void> {
  const key = box.value.trim();
  if (key === '') return;
  box.busy = true;
  const answer = await listServed({ baseUrl, key, ...(api ? { api } : {}) });
  box.busy = false;
  // The user kept typing.
  if (box.value.trim() !== key) return;
  box.validationMessage =
    'error' in answer
      ? { message: answer.error.message, severity: InputBoxValidationSeverity.Error }
      : {
          message: `The key is valid: ${answer.ids.length} ${answer.ids.length === 1 ? 'model' : 'models'} available.`,
          severity: InputBoxValidationSeverity.Info,
        };
}
