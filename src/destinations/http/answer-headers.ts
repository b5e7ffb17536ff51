type HeaderText = string | Buffer;

/** Names and values in turn; some dispatchers give several values of a name as a list. */
export type RawHeaders = readonly (HeaderText | readonly HeaderText[])[];

/** The headers of an answer, which are read when somebody asks: for most answers the status is enough. */
export class AnswerHeaders {
  readonly #raw: RawHeaders;
  #byName: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(raw: RawHeaders) {
    this.#raw = raw;
  }

  /** All values of a header, in the order in which they came. @param name In lower case. */
  valuesOf(name: string): readonly string[] {
    return this.#read().get(name) ?? [];
  }

  /** Names in lower case; several values of a name are joined with `, `. */
  joined(): Record<string, string> {
    const pairs = Array.from(this.#read(), ([name, values]) => [name, values.join(', ')] as const);
    return Object.fromEntries(pairs);
  }

  #read(): ReadonlyMap<string, readonly string[]> {
    this.#byName ??= valuesByName(this.#raw);
    return this.#byName;
  }
}

function valuesByName(raw: RawHeaders): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = textsOf(raw[index]).join('').toLowerCase();
    const values = byName.get(name) ?? [];
    byName.set(name, values);
    values.push(...textsOf(raw[index + 1]));
  }
  return byName;
}

/** Bytes beyond ASCII have no encoding in a header (RFC 9110, section 5.5): each is a character, as undici has it. */
function textsOf(given: RawHeaders[number] = []): string[] {
  const texts = typeof given === 'string' || Buffer.isBuffer(given) ? [given] : given;
  return texts.map((text) => (typeof text === 'string' ? text : text.toString('latin1')));
}
