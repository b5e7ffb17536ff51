import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isObject } from '../is-object.ts';
import type { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import { ownKeys, readProperty } from './own-property.ts';

/** How a wire format writes where a record comes from. Both answer how many fields they wrote. */
export interface OriginWriters {
  readonly resource: (writer: ByteWriter, attributes: object) => number;
  /** A field that is undefined is not written, and a scope without fields neither. */
  readonly scope: (writer: ByteWriter, fields: object) => number;
}

/** In place of what is no object. */
const NOTHING: object = {};

interface KnownBytes {
  readonly bytes: Uint8Array;
  /** How many of them only nesting has added. */
  readonly nestingBytes: number;
  readonly fieldCount: number;
}

/** Writes where records come from: their resources and scopes, which most of them share. */
export class KnownOrigins {
  readonly #writers: OriginWriters;
  readonly #resources = new EncodedOnce<object, KnownBytes>();
  /** By resource and scope, both together. */
  readonly #known = new EncodedOnce<object, EncodedOnce<object, KnownBytes>>();

  constructor(writers: OriginWriters) {
    this.#writers = writers;
  }

  /** Answers how many fields it wrote. */
  write({ instrumentationScope, resource }: ReadableLogRecord, writer: ByteWriter): number {
    const source = isObject(resource) ? resource : NOTHING;
    const scope = isObject(instrumentationScope) ? instrumentationScope : NOTHING;
    const known = this.#known.find(source)?.find(scope);
    return known === undefined ? this.#writeNew(source, scope, writer) : rewrite(writer, known);
  }

  #writeNew(resource: object, scope: object, writer: ByteWriter): number {
    const { nestingBytes, position } = writer;
    const known = this.#resources.find(resource);
    const fieldCount =
      (known === undefined ? this.#writeResource(resource, writer) : rewrite(writer, known)) +
      this.#writeScope(scope, writer);
    if (this.#resources.find(resource) === undefined) return fieldCount;
    let origins = this.#known.find(resource);
    if (origins === undefined) {
      origins = new EncodedOnce();
      this.#known.keep(resource, origins);
    }
    origins.keep(scope, writtenSince(writer, position, nestingBytes, fieldCount));
    return fieldCount;
  }

  #writeResource(resource: object, writer: ByteWriter): number {
    const { nestingBytes, position } = writer;
    const attributes = readProperty(resource, 'attributes');
    const fieldCount = isObject(attributes) ? this.#writers.resource(writer, attributes) : 0;
    // While detectors are at work the attributes of the next record may be others.
    if (readProperty(resource, 'asyncAttributesPending') !== true) {
      this.#resources.keep(resource, writtenSince(writer, position, nestingBytes, fieldCount));
    }
    return fieldCount;
  }

  #writeScope(scope: object, writer: ByteWriter): number {
    const attributes = readProperty(scope, 'attributes');
    const hasAttributes = isObject(attributes) && ownKeys(attributes).length > 0;
    return this.#writers.scope(writer, {
      name: textOrNone(readProperty(scope, 'name')),
      version: textOrNone(readProperty(scope, 'version')),
      schema_url: textOrNone(readProperty(scope, 'schemaUrl')),
      attributes: hasAttributes ? attributes : undefined,
    });
  }
}

function rewrite(writer: ByteWriter, { bytes, fieldCount, nestingBytes }: KnownBytes): number {
  writer.writeBytes(bytes, nestingBytes);
  return fieldCount;
}

function writtenSince(
  writer: ByteWriter,
  start: number,
  nestingBytes: number,
  fieldCount: number,
): KnownBytes {
  return {
    bytes: writer.copy(start),
    nestingBytes: writer.nestingBytes - nestingBytes,
    fieldCount,
  };
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 ? value : undefined;
}
