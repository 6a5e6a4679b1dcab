/** The hour as a clock shows it: `"09:00–10:00"`. */
export function hourLabel(hour: number): string {
  const two = (value: number) => `${value % 24}`.padStart(2, "0");
  return `${two(hour)}:00–${two(hour + 1)}:00`;
}
