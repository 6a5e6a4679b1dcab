import fc from "fast-check";

const pieces = [
  "NaN",
  "1e999",
  "-1e999",
  "null",
  "{}",
  "[]",
  "[",
  "{",
  '"',
  ",",
  ":",
  "9".repeat(400),
  "\\u0000",
  "\u202e"
];

/** Values that stand where another should. */
const odd = [
  "1e999",
  "-1e999",
  "1e308",
  "-1",
  "0",
  "1.5",
  "null",
  "true",
  '""',
  '"NaN"',
  '"../../etc"',
  '"/x/y"',
  "[]",
  "{}"
];

/**
 * What may become of a text on its way: cut short, repeated ten times, its lines or its commas shuffled, a value
 * replaced, pieces put in or left out, letters of another encoding.
 */
export function hostileText(text: string, own: readonly string[] = []): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({maxLength: 12}),
    fc.string({unit: "binary", maxLength: 6}),
    fc.constantFrom(...pieces, ...own)
  );
  const edit = fc.tuple(fc.nat(text.length), fc.oneof(fc.nat(12), fc.nat(text.length)), piece);
  const apply = (all: string, [at, length, insert]: [number, number, string]) =>
    all.slice(0, at) + insert + all.slice(at + length);
  const shuffled = (separator: RegExp) => fc.shuffledSubarray(text.split(separator)).map((parts) => parts.join(""));
  const values = [...text.matchAll(/(?<=[:[,]\s*)(?:-?\d[\d.eE+-]*|"[^"\n]*")(?=\s*[,\]}])/g)];
  const replaced = fc.tuple(fc.nat(), fc.constantFrom(...odd)).map(([at, value]) => {
    const found = values[at % values.length];
    return found === undefined ? text : text.slice(0, found.index) + value + text.slice(found.index + found[0].length);
  });
  return fc.oneof(
    {arbitrary: replaced, weight: 3},
    {arbitrary: fc.array(edit, {minLength: 1, maxLength: 4}).map((edits) => edits.reduce(apply, text)), weight: 6},
    fc.nat(text.length).map((length) => text.slice(0, length)),
    shuffled(/(?<=\n)/),
    shuffled(/(?<=,)/),
    fc.nat(text.length).map((at) => Buffer.from(text.slice(at) + text.slice(0, at), "utf16le").toString("latin1")),
    fc.constant(text.repeat(10))
  );
}
