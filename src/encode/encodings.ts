/** The encodings that come with this package. */
export type EncodingName = 'json' | 'otlp-json' | 'msgpack' | 'body' | 'distlog-json';

/** What must be known of an encoding where there is no encoder yet. */
export interface EncodingContent {
  /** Of one record by itself. */
  readonly contentType: string;
  readonly isText: boolean;
}

const JSON_CONTENT: EncodingContent = { contentType: 'application/json', isText: true };

export const ENCODINGS: Readonly<Record<EncodingName, EncodingContent>> = {
  json: JSON_CONTENT,
  'otlp-json': JSON_CONTENT,
  msgpack: { contentType: 'application/vnd.msgpack', isText: false },
  body: { contentType: 'text/plain; charset=utf-8', isText: true },
  'distlog-json': JSON_CONTENT,
};

export const ENCODING_NAMES: readonly EncodingName[] =
  Object.keys(ENCODINGS).filter(isEncodingName);

export function isEncodingName(name: unknown): name is EncodingName {
  return typeof name === 'string' && Object.hasOwn(ENCODINGS, name);
}
