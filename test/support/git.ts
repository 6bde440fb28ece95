import { execFileSync } from 'node:child_process';

/** Commits everything in a folder; makes it a repository first where it is none. */
export function commitAll(folder: string, message: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      stdio: 'pipe',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message', message);
}
