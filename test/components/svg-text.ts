/** A drawing as text for a snapshot: one element a line, numbers to three decimals. */
export function svgText(node: Node): string {
  const markup = (node as Element).outerHTML;
  return `${markup
    .replace(/-?\d+\.\d{4,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(3))))
    .replace(/></g, ">\n<")}\n`;
}
