/** `14:05`, in UTC. */
export function clockTime(time: number | Date | string): string {
  return new Date(time).toISOString().slice(11, 16);
}

/** `14:05:09`, in UTC. */
export function exactTime(time: number | Date | string): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** `3 h 20 min`, `40 min`, `25 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(" ");
}
