/**
 * The top-level fields of one record's JSON as `application/x-www-form-urlencoded` (WHATWG URL, section 5.2):
 * texts as they are, all else as JSON text.
 *
 * @throws SyntaxError for bytes that are no JSON, as an encoder of the user's may make them.
 */
export function formOf(json: Uint8Array): Uint8Array {
  const record: unknown = JSON.parse(Buffer.from(json).toString('utf8'));
  const fields = typeof record === 'object' && record !== null ? record : { record };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return Buffer.from(form.toString());
}
