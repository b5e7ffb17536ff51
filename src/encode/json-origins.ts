import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import type { JsonFields } from './json-fields.ts';
import { type JsonQuoting, readyJson } from './json-quoting.ts';
import { ownKeys, readProperty } from './own-property.ts';
import type { ReadyBytes } from './ready-bytes.ts';

/** In place of what is no object. */
const NOTHING: object = {};

interface KnownBytes {
  readonly bytes: Uint8Array;
  /** How many of them only nesting has added. */
  readonly nestingBytes: number;
}

/** Writes where records come from: their resources and scopes, which most of them share. */
export class JsonOrigins {
  readonly #fields: JsonFields;
  readonly #resource: ReadyBytes;
  readonly #scope: ReadyBytes;
  readonly #resources = new EncodedOnce<object, KnownBytes>();
  /** By resource and scope, both together. */
  readonly #known = new EncodedOnce<object, EncodedOnce<object, KnownBytes>>();

  constructor(fields: JsonFields, quoting: JsonQuoting) {
    this.#fields = fields;
    this.#resource = readyJson(',"resource":', quoting);
    this.#scope = readyJson(',"scope":', quoting);
  }

  write({ instrumentationScope, resource }: ReadableLogRecord, writer: ByteWriter): void {
    const source = isObject(resource) ? resource : NOTHING;
    const scope = isObject(instrumentationScope) ? instrumentationScope : NOTHING;
    const known = this.#known.find(source)?.find(scope);
    if (known === undefined) this.#writeNew(source, scope, writer);
    else writer.writeBytes(known.bytes, known.nestingBytes);
  }

  #writeNew(resource: object, scope: object, writer: ByteWriter): void {
    const { nestingBytes, position } = writer;
    const known = this.#resources.find(resource);
    if (known === undefined) this.#writeResource(resource, writer);
    else writer.writeBytes(known.bytes, known.nestingBytes);
    this.#writeScope(scope, writer);
    if (this.#resources.find(resource) === undefined) return;
    let origins = this.#known.find(resource);
    if (origins === undefined) {
      origins = new EncodedOnce();
      this.#known.keep(resource, origins);
    }
    origins.keep(scope, writtenSince(writer, position, nestingBytes));
  }

  #writeResource(resource: object, writer: ByteWriter): void {
    const { nestingBytes, position } = writer;
    const attributes = readProperty(resource, 'attributes');
    if (isObject(attributes)) this.#fields.writeMap(writer, this.#resource, attributes);
    // While detectors are at work the attributes of the next record may be others.
    if (readProperty(resource, 'asyncAttributesPending') !== true) {
      this.#resources.keep(resource, writtenSince(writer, position, nestingBytes));
    }
  }

  #writeScope(scope: object, writer: ByteWriter): void {
    const attributes = readProperty(scope, 'attributes');
    const hasAttributes = isObject(attributes) && ownKeys(attributes).length > 0;
    this.#fields.writeMap(writer, this.#scope, {
      name: textOrNone(readProperty(scope, 'name')),
      version: textOrNone(readProperty(scope, 'version')),
      schema_url: textOrNone(readProperty(scope, 'schemaUrl')),
      attributes: hasAttributes ? attributes : undefined,
    });
  }
}

function writtenSince(writer: ByteWriter, start: number, nestingBytes: number): KnownBytes {
  return { bytes: writer.copy(start), nestingBytes: writer.nestingBytes - nestingBytes };
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null;
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 ? value : undefined;
}
