import {html as template} from "npm:htl";

/**
 * One element from a template; whatever is interpolated is text, an attribute or a node, never markup.
 *
 * @throws {TypeError} if the template holds no element; several come inside one span
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): HTMLElement {
  const node = template(strings, ...values);
  if (!(node instanceof HTMLElement)) throw new TypeError(`no element: ${strings.join("…").trim()}`);
  return node;
}
