// Framework's `npm:` specifiers, typed by the packages of the lock file.
declare module "npm:@observablehq/plot" {
  export * from "@observablehq/plot";
}

declare module "npm:htl" {
  export * from "htl";
}

declare module "npm:d3" {
  export * from "d3";
}

declare module "npm:d3-scale" {
  export * from "d3-scale";
}

declare module "npm:arquero" {
  export * from "arquero";
}

declare module "npm:apache-arrow" {
  export * from "apache-arrow";
}

declare module "npm:hyparquet" {
  export * from "hyparquet";
}

/** A program, which says nothing to who imports it. */
declare module "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-eh.worker.js";

declare module "npm:@duckdb/duckdb-wasm@1.28.0" {
  export * from "@duckdb/duckdb-wasm";
}

/** The part of Framework's standard library that pages and components use. */
declare module "npm:@observablehq/stdlib" {
  export interface FileAttachment {
    readonly name: string;
    readonly mimeType: string;
    readonly size: number | undefined;
    readonly lastModified: number | undefined;
    url(): Promise<string>;
    text(): Promise<string>;
    /** Typed by the caller and not checked: the file is what its loader wrote. */
    json<T = unknown>(): Promise<T>;
    arrayBuffer(): Promise<ArrayBuffer>;
    stream(): Promise<ReadableStream<Uint8Array>>;
  }

  export function FileAttachment(name: string): FileAttachment;

  export interface Mutable<T> extends AsyncIterable<T> {
    value: T;
  }

  export function Mutable<T>(value?: T): Mutable<T>;

  type Observer<T> = (change: (value: T) => void) => (() => void) | undefined;

  export const Generators: {
    input<T>(element: Element & {readonly value: T}): AsyncGenerator<T>;
    observe<T>(initialize: Observer<T>): AsyncGenerator<T>;
    queue<T>(initialize: Observer<T>): AsyncGenerator<T>;
    width(element: Element): AsyncGenerator<number>;
    dark(): AsyncGenerator<boolean>;
    now(): Generator<number>;
  };

  export function resize(render: (width: number, height: number) => Node): HTMLElement;
}
