/**
 * An environment file's text with a variable set: its line is replaced where there is one (commented out or not), else
 * added at the end; every other line stays.
 *
 * @throws {RangeError} if the value cannot stand on a line as it is
 */
export function withVariable(text: string, name: string, value: string): string {
  if (!/^[\w.:/+=-]+$/.test(value)) throw new RangeError(`not a plain value for ${name}`);
  const lines = text.split("\n");
  const own = lines.findIndex((line) => line.startsWith(`${name}=`));
  const at = own >= 0 ? own : lines.findIndex((line) => new RegExp(`^#\\s*${name}=`).test(line));
  if (at >= 0) return lines.with(at, `${name}=${value}`).join("\n");
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${name}=${value}\n`;
}
