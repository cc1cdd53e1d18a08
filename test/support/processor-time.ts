/**
 * Starts to count the milliseconds that this process computes. Unlike the time of a clock, they do not grow when other
 * processes keep the machine busy.
 *
 * @returns A function that returns how many there have been since.
 */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
