import { type QuickPickItem, ThemeIcon, type Uri, window } from 'vscode';
import type { PastAnswer, PastRun } from './history.ts';
import type { Shared } from './shared.ts';

interface RunItem extends QuickPickItem {
  readonly run?: PastRun;
}

/** Of answers and values so much can be searched. */
const SEARCHED = 300;

/** Lets the user search the past runs and take one: to look at it, or to run it again. */
export async function pickPastRun(
  { history, services }: Shared,
  uri: Uri,
  shown: readonly PastAnswer[],
): Promise<{ run: PastRun; again: boolean } | null> {
  const runs = await history.of(uri);
  if (runs.length === 0) {
    await window.showInformationMessage('This prompt has not been run here yet.');
    return null;
  }
  const again = { iconPath: new ThemeIcon('play'), tooltip: 'Run again' };
  const diff = { iconPath: new ThemeIcon('diff'), tooltip: 'Compare with what is shown' };
  const forget: RunItem = { label: '$(trash) Forget All' };
  const pick = window.createQuickPick<RunItem>();
  pick.title = 'Past runs of this prompt';
  pick.placeholder = 'Search by model, value or answer';
  // A page that was clicked may take the focus back.
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = [...runs.map((run) => itemOf(run, [again, diff])), forget];
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
          { title: time(run), text: then.text },
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

function itemOf(run: PastRun, buttons: NonNullable<RunItem['buttons']>): RunItem {
  const values = Object.entries(run.values).map(([name, value]) => `${name}: ${value}`);
  const answers = run.answers.map(({ view, text }) => view.error ?? text);
  return {
    label: time(run),
    description: [run.case, run.revision, ...run.models].filter(Boolean).join(' · '),
    detail: [...answers, ...values].map(excerpt).join(' · '),
    buttons,
    run,
  };
}

function time({ at }: PastRun): string {
  return new Date(at).toLocaleString();
}

function excerpt(text: string): string {
  return text.slice(0, SEARCHED).replace(/\s+/g, ' ').replaceAll('$(', '$\u200b(');
}
