import {SourceError} from "../domain/source-error.js";

/**
 * A JSON object whose fields are read one by one, each checked. Replies hold tens of thousands: it is a class, so that
 * making one costs nothing but its fields, and says where it stands only when asked.
 */
export class JsonObject {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #parent: string;
  readonly #index: number | undefined;

  /** @throws {SourceError} SOURCE_BAD_DATA if the value is not an object */
  constructor(value: unknown, parent: string, index?: number) {
    this.#parent = parent;
    this.#index = index;
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw bad(this.where, "an object", value);
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** Where it stands, as `mt5-a: /ticks[3]`. */
  get where(): string {
    return this.#index === undefined ? this.#parent : `${this.#parent}[${this.#index}]`;
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined && this.raw(key) !== null;
  }

  raw(key: string): unknown {
    return Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
  }

  /** @throws {SourceError} if it is not a finite number */
  number(key: string): number {
    const found = this.raw(key);
    if (typeof found !== "number" || !Number.isFinite(found)) throw this.fail(key, "a number");
    return found;
  }

  /** A finite number, or *missing* where there is no such field or it is null. */
  numberOr(key: string, missing: number): number {
    return this.has(key) ? this.number(key) : missing;
  }

  /** @throws {SourceError} if it is not a whole number that a double holds exactly */
  integer(key: string): number {
    const found = this.number(key);
    if (!Number.isSafeInteger(found)) throw this.fail(key, "a whole number");
    return found;
  }

  text(key: string): string {
    const found = this.raw(key);
    if (typeof found !== "string") throw this.fail(key, "a text");
    return found;
  }

  object(key: string): JsonObject {
    return new JsonObject(this.raw(key), `${this.where}.${key}`);
  }

  array(key: string): JsonArray {
    return new JsonArray(this.raw(key), `${this.where}.${key}`);
  }

  /** An error that names the field, what should stand there and what does. */
  fail(key: string, expected: string): SourceError {
    return bad(`${this.where}.${key}`, expected, this.raw(key));
  }
}

/** A JSON array, with where it stands. */
class JsonArray {
  readonly #elements: readonly unknown[];
  readonly #parent: string;
  readonly #index: number | undefined;

  /** @throws {SourceError} SOURCE_BAD_DATA if the value is not an array */
  constructor(value: unknown, parent: string, index?: number) {
    this.#parent = parent;
    this.#index = index;
    if (!Array.isArray(value)) throw bad(this.where, "an array", value);
    this.#elements = value;
  }

  get where(): string {
    return this.#index === undefined ? this.#parent : `${this.#parent}[${this.#index}]`;
  }

  get length(): number {
    return this.#elements.length;
  }

  objects(): JsonObject[] {
    const {where} = this;
    return this.#elements.map((element, i) => new JsonObject(element, where, i));
  }

  arrays(): JsonArray[] {
    const {where} = this;
    return this.#elements.map((element, i) => new JsonArray(element, where, i));
  }

  /** @throws {SourceError} if that element is not a finite number */
  number(i: number): number {
    const found = this.#elements[i];
    if (typeof found !== "number" || !Number.isFinite(found)) throw bad(`${this.where}[${i}]`, "a number", found);
    return found;
  }

  /** @throws {SourceError} if that element is not a text */
  text(i: number): string {
    const found = this.#elements[i];
    if (typeof found !== "string") throw bad(`${this.where}[${i}]`, "a text", found);
    return found;
  }
}

/** @throws {SourceError} SOURCE_BAD_DATA if the text is not JSON */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SourceError("SOURCE_BAD_DATA", `${where}: not JSON: ${JSON.stringify(text.slice(0, 60))}`, {cause});
  }
}

/** @throws {SourceError} SOURCE_BAD_DATA if the value is not an object */
export function toJsonObject(value: unknown, where: string): JsonObject {
  return new JsonObject(value, where);
}

/** @throws {SourceError} SOURCE_BAD_DATA if the value is not an array */
export function toJsonArray(value: unknown, where: string): JsonArray {
  return new JsonArray(value, where);
}

function bad(where: string, expected: string, found: unknown): SourceError {
  return new SourceError("SOURCE_BAD_DATA", `${where}: expected ${expected}, found ${describe(found)}`);
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value !== null && typeof value === "object") return "an object";
  return JSON.stringify(value).slice(0, 60);
}
