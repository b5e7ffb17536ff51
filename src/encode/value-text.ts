import { ByteWriter } from './byte-writer.ts';
import { JsonFields } from './json-fields.ts';

/** Makes JSON text of plain values. */
export function createValueText(): (value: unknown) => string {
  const writer = new ByteWriter();
  const fields = new JsonFields(writer);
  return (value) => {
    writer.reset();
    fields.writeValue(writer, value);
    return writer.buffer.toString('utf8', 0, writer.position);
  };
}

/** True for arrays and objects, false for bytes. */
export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
