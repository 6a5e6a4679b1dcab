/** A value as Thrift's compact protocol writes it, and the type it is marked with. */
export interface ThriftValue {
  readonly type: number;
  readonly bytes: readonly number[];
}

const STRUCT = 12;

/** A whole number of 32 bits, at least 0. */
export function i32(value: number): ThriftValue {
  return {type: 5, bytes: varint(2 * value)};
}

/** A whole number of 64 bits, from 0 to 2 ** 52. */
export function i64(value: number): ThriftValue {
  return {type: 6, bytes: varint(2 * value)};
}

/** A text, in UTF-8. */
export function text(value: string): ThriftValue {
  const bytes = new TextEncoder().encode(value);
  return {type: 8, bytes: [...varint(bytes.length), ...bytes]};
}

/** Values of one type; an empty list is one of structs. */
export function list(items: readonly ThriftValue[]): ThriftValue {
  const type = items[0]?.type ?? STRUCT;
  const head = items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(items.length)];
  return {type: 9, bytes: [...head, ...items.flatMap(({bytes}) => bytes)]};
}

/** Fields by their numbers, which are at most 15 apart. */
export function struct(fields: Readonly<Record<number, ThriftValue>>): ThriftValue {
  let last = 0;
  const bytes = Object.entries(fields).flatMap(([key, field]) => {
    const id = Number(key); // in rising order, as whole-number keys always are
    const head = ((id - last) << 4) | field.type;
    last = id;
    return [head, ...field.bytes];
  });
  return {type: STRUCT, bytes: [...bytes, 0]};
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}
