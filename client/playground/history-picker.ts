import { type QuickPickItem, ThemeIcon, type Uri, window } from 'vscode';
import { describePastRun } from './answer-texts.ts';
import type { PastAnswer, PastRun } from './history.ts';
import type { PlaygroundContext } from './playground-context.ts';

interface RunItem extends QuickPickItem {
  readonly run?: PastRun;
}

/** Lets the user search the past runs and take one: to look at it, or to run it again. */
export async function pickPastRun(
  { history, services }: PlaygroundContext,
  uri: Uri,
  shown: readonly PastAnswer[],
): Promise<{ run: PastRun; again: boolean } | null> {
  const runs = await history.list(uri);
  if (runs.length === 0) {
    await window.showInformationMessage('This prompt has no run history in this workspace.');
    return null;
  }
  const again = { iconPath: new ThemeIcon('play'), tooltip: 'Run Again' };
  const diff = { iconPath: new ThemeIcon('diff'), tooltip: 'Compare with Current Answer' };
  const forget: RunItem = { label: '$(trash) Clear History' };
  const pick = window.createQuickPick<RunItem>();
  pick.title = 'Run history';
  pick.placeholder = 'Search by model, value or answer';
  // A page that was clicked may take the focus back.
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = [...runs.map((run) => createRunItem(run, [again, diff])), forget];
  return new Promise((resolve) => {
    const end = (result: { run: PastRun; again: boolean } | null) => {
      resolve(result);
      pick.hide();
    };
    pick.onDidAccept(async () => {
      const [item] = pick.selectedItems;
      if (item === forget) await history.clear(uri);
      end(item?.run ? { run: item.run, again: false } : null);
    });
    pick.onDidTriggerItemButton(async ({ item, button }) => {
      const { run } = item;
      if (!run) return;
      if (button === again) return end({ run, again: true });
      const [then, now] = [run.answers[0], shown[0]];
      end(null);
      if (then && now)
        await services.documents.compare(
          { title: formatTime(run), text: then.text },
          { title: now.view.title, text: now.text },
        );
    });
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}

function createRunItem(run: PastRun, buttons: NonNullable<RunItem['buttons']>): RunItem {
  return { label: formatTime(run), ...describePastRun(run), buttons, run };
}

function formatTime({ at }: PastRun): string {
  return new Date(at).toLocaleString();
}
