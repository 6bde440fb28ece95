/** Processor time of this process so far, in ms: unlike the clock's it does not grow with what else runs. */
export function cpuMs(): number {
  // Their sum is exact; how Linux divides it between the two is not.
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
