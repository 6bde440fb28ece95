/** Thrown by a call that is not made because the run ends. It is not the result of a case. */
export class RunStopped extends Error {
  readonly reason: 'budget' | 'cancelled';

  constructor(reason: 'budget' | 'cancelled') {
    super(`the run stopped: ${reason}`);
    this.name = 'RunStopped';
    this.reason = reason;
  }
}
