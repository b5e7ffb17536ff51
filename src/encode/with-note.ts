import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';

/** The encoder with something to say of every record, beside the notes it is given. */
export function withNote(encoder: RecordWriter, always: EncodingNote): RecordWriter {
  const { carriesNote, contentType, isText, name } = encoder;
  return {
    name,
    contentType,
    isText,
    ...(carriesNote === undefined ? {} : { carriesNote }),
    encode: (record) => encoder.encode(record),
    stringBytes: (text, path) => encoder.stringBytes(text, path),
    write: (record, writer, note) => encoder.write(record, writer, { ...always, ...note }),
  };
}
