import { expect, it } from 'vitest';
import { JSON_VALUE_BYTES, jsonHeldBytes } from '../../src/decode/json-held-bytes.ts';

it('signs of JSON inside a text are no values, however it is quoted', () => {
  const text = '"a,b[{\\",c\\\\"';
  expect(jsonHeldBytes(text)).toBe(text.length);
  expect(jsonHeldBytes(`${text},1`)).toBe(text.length + 2 + JSON_VALUE_BYTES);
});
