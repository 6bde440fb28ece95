/** Processor time of this process so far, in ms: unlike the clock's it does not grow with what else runs. */
export function cpuMs(): number {
  return process.cpuUsage().user / 1000;
}
