import { type CompressedFormat, compressedFormat } from './compressed-format.ts';
import { DecodeError } from './decode-error.ts';
import { type Compression, sniffCompression } from './sniff.ts';
import { SourceBytes } from './source-bytes.ts';
import { StepExpander } from './step-expander.ts';

const MAGIC_BYTES = 4;
/** Output of one step stays in memory; what a step with damage gave last is lost. */
const STEP_BYTES = 4_096;
const MAX_HEADER_BYTES = 1_048_576;
const MAX_DAMAGES = 1_000;

/**
 * The bytes of a stream, decompressed; untold, as its first bytes look. Damage is told to `onError`, and the
 * next member is read all the same.
 */
export async function* decompressStream(
  source: AsyncIterable<Uint8Array>,
  told: Compression | undefined,
  onError: (error: DecodeError) => void,
): AsyncGenerator<Uint8Array> {
  const bytes = new SourceBytes(source);
  try {
    await bytes.atLeast(MAGIC_BYTES);
    const compression = told ?? sniffCompression(bytes.pending);
    if (compression === 'none') {
      do {
        const { pending } = bytes;
        bytes.use(pending.length);
        yield pending;
      } while (await bytes.more());
      return;
    }
    yield* members(bytes, compressedFormat(compression), onError);
  } finally {
    await bytes.close();
  }
}

async function* members(
  bytes: SourceBytes,
  format: CompressedFormat,
  onError: (error: DecodeError) => void,
): AsyncGenerator<Uint8Array> {
  const runs = format.createRuns();
  let damages = 0;
  while (await bytes.atLeast(1)) {
    const run = runs.expand(bytes.pending, Number.MAX_SAFE_INTEGER);
    if (run.usedBytes > 0) {
      bytes.use(run.usedBytes);
      yield run.output;
      continue;
    }
    const damage = (await skipHeader(bytes, format)) ?? (yield* content(bytes, format));
    if (damage === undefined) continue;
    if (damage.isPadding) return;
    const message = `${damage.message}, of the compressed bytes`;
    onError(new DecodeError(message, damage.position));
    if (++damages >= MAX_DAMAGES || !(await findStart(bytes, format))) return;
    // A record that breaks off must not swallow the first one of the next member.
    yield Buffer.from('\n');
  }
}

interface Damage {
  readonly message: string;
  readonly position: number;
  readonly isPadding?: boolean;
}

async function skipHeader(
  bytes: SourceBytes,
  format: CompressedFormat,
): Promise<Damage | undefined> {
  let end = format.headerEnd(bytes.pending);
  while (end === 'incomplete' && bytes.pending.length < MAX_HEADER_BYTES && (await bytes.more())) {
    end = format.headerEnd(bytes.pending);
  }
  if (typeof end === 'number') {
    bytes.use(end);
    return undefined;
  }
  const { position } = bytes;
  const isPadding = position > 0 && (await isZeroToTheEnd(bytes));
  return { message: `Bytes that are no ${format.name}`, position, isPadding };
}

/** Zeros behind the last member are padding. */
async function isZeroToTheEnd(bytes: SourceBytes): Promise<boolean> {
  while (bytes.pending.every((byte) => byte === 0)) {
    bytes.use(bytes.pending.length);
    if (!(await bytes.more())) return true;
  }
  return false;
}

async function* content(
  bytes: SourceBytes,
  format: CompressedFormat,
): AsyncGenerator<Uint8Array, Damage | undefined> {
  const expander = new StepExpander(format);
  let checksum = 0;
  let length = 0;
  try {
    for (;;) {
      const isMore = await bytes.atLeast(1);
      const step = await (isMore
        ? expander.write(bytes.pending.subarray(0, STEP_BYTES))
        : expander.end());
      for (const chunk of step.chunks) {
        checksum = format.checksum(chunk, checksum);
        length += chunk.length;
        yield chunk;
      }
      const position = bytes.position + step.usedBytes;
      if (step.outcome === 'damaged') return { message: `Damage in ${format.name}`, position };
      bytes.use(step.usedBytes);
      if (step.outcome === 'ended') break;
    }
  } finally {
    expander.close();
  }
  const { position } = bytes;
  const isEnded = await bytes.atLeast(format.trailerBytes);
  const trailer = bytes.pending.subarray(0, format.trailerBytes);
  if (isEnded && format.isIntact(trailer, checksum, length)) {
    bytes.use(format.trailerBytes);
    return undefined;
  }
  return { message: `Damage in ${format.name}`, position };
}

/** Goes to the next place where a member may begin; false when there is none. */
async function findStart(bytes: SourceBytes, format: CompressedFormat): Promise<boolean> {
  // At its own beginning a member was tried already.
  if (format.headerEnd(bytes.pending) !== 'none') bytes.use(1);
  for (;;) {
    const start = format.indexOfStart(bytes.pending, 0);
    bytes.use(start === -1 ? Math.max(0, bytes.pending.length - MAGIC_BYTES + 1) : start);
    if (start !== -1) return true;
    if (!(await bytes.more())) return false;
  }
}
