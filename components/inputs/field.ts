/** A form control and what it stands for, as a value and as text of a URL. */
export interface Field<T> {
  readonly element: HTMLElement;
  value: T;
  /** `undefined` where the value is the default, which a URL need not say. */
  toText(): string | undefined;
  /**
   * Takes a URL's text; what is not a valid value leaves the default.
   *
   * @returns what was wrong with the text and what would do, in words, or nothing
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most fields have nothing to say
  fromText(text: string | null): string | undefined | void;
}
