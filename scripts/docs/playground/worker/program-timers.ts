/** The functions of a program that set timers, and the timers that are still to fire. */
export function programTimers() {
  const pending = new Set<unknown>();
  const add = (timer: unknown) => {
    pending.add(timer);
    return timer;
  };
  const clear = (timer: unknown) => {
    pending.delete(timer);
    clearTimeout(timer as number);
  };
  const functions = {
    setTimeout: (task: (...parts: unknown[]) => void, delay?: number, ...rest: unknown[]) => {
      const run = () => {
        pending.delete(timer);
        task(...rest);
      };
      const timer = setTimeout(run, delay);
      return add(timer);
    },
    setInterval: (task: () => void, delay?: number, ...rest: unknown[]) => add(setInterval(task, delay, ...rest)),
    clearTimeout: clear,
    clearInterval: clear,
  };
  return { functions, pending };
}
