import { commands, ProgressLocation, window } from 'vscode';
import { PRICE_ADDRESS, type PriceUpdate, updatePrices } from '#app/models/update-prices.ts';
import { today } from '#app/prompt/prompt-knowledge.ts';
import { UserError } from '#core/user-error.ts';
import { getPriceListPath, removeFetchedPrices } from '#io/price-list-file.ts';
import { readNetwork } from './read-network.ts';

/** Fetches newer prices of models, or returns to those of this version, as the user chooses. */
export async function updateModelFacts(restartServer: () => Promise<void>): Promise<void> {
  const path = getPriceListPath(process.env);
  const fetch = 'Fetch';
  const undo = 'Use the Prices of This Version';
  const detail = `The price list is fetched from ${PRICE_ADDRESS}, checked, and kept for all projects. Nothing of yours is sent. Promptsmith never fetches it by itself.`;
  const chosen = await window.showInformationMessage(
    'Fetch the newest prices of models?',
    { modal: true, detail },
    fetch,
    undo,
  );
  if (chosen === undefined) return;
  try {
    const message =
      chosen === fetch
        ? describeUpdate(await fetchPrices(path))
        : (await removeFetchedPrices(path))
          ? 'The prices of this version apply again.'
          : 'No prices had been fetched.';
    await restartServer();
    const reload = 'Reload Window';
    const next = await window.showInformationMessage(
      `${message} Estimates in open views follow after a reload.`,
      reload,
    );
    if (next === reload) await commands.executeCommand('workbench.action.reloadWindow');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await window.showErrorMessage(error.message);
  }
}

function fetchPrices(path: string): Thenable<PriceUpdate> {
  const options = {
    location: ProgressLocation.Notification,
    title: 'Fetching prices of models',
    cancellable: true,
  };
  return window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new UserError('Nothing was fetched.')));
    const network = await readNetwork();
    return updatePrices({ from: PRICE_ADDRESS, path, date: today(), network }, stop.signal);
  });
}

function describeUpdate({ models, added, changed }: PriceUpdate): string {
  return `Prices of ${models} models: ${added.length} new, ${changed.length} changed.`;
}
