import type { ByteWriter } from './byte-writer.ts';
import type { ReadyBytes } from './ready-bytes.ts';

/** By the lower bits of a hex digit's code, which differ from digit to digit: the last one of a span's id. */
const PLACES = 32;

/** A span context, as the application has it. */
export interface ContextFields {
  readonly traceId?: unknown;
  readonly spanId?: unknown;
  readonly traceFlags?: unknown;
}

/** Writes the fields of a context; false where there is nothing valid to write, whatever it wrote. */
export type WriteContext = (writer: ByteWriter, context: ContextFields) => boolean;

interface KnownContext extends ContextFields {
  /** Made when it comes for the second time. */
  fields: ReadyBytes | undefined;
}

/**
 * The bytes of trace contexts as a wire format writes them: most spans log more than once, and those that log at the
 * same time take turns.
 */
export class KnownContexts {
  readonly #known: (KnownContext | undefined)[] = new Array(PLACES).fill(undefined);
  readonly #writeNew: WriteContext;

  constructor(writeNew: WriteContext) {
    this.#writeNew = writeNew;
  }

  /** False, and nothing written, for a context that is not valid. */
  write(writer: ByteWriter, { spanId, traceFlags, traceId }: ContextFields): boolean {
    const place = typeof spanId === 'string' ? spanId.charCodeAt(spanId.length - 1) % PLACES : 0;
    const known = this.#known[place];
    const isKnown =
      known?.spanId === spanId && known?.traceId === traceId && known?.traceFlags === traceFlags;
    if (isKnown && known?.fields !== undefined) {
      writer.writeReady(known.fields);
      return true;
    }
    const { nestingBytes, position } = writer;
    const context = { spanId, traceFlags, traceId };
    if (!this.#writeNew(writer, context)) {
      // Half a trace context would only mislead a search.
      writer.undoTo(position, nestingBytes);
      return false;
    }
    if (isKnown && known !== undefined) known.fields = writer.readySince(position, nestingBytes);
    else this.#known[place] = { ...context, fields: undefined };
    return true;
  }
}
