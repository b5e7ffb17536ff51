import { addAbortSignal } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type DecodeOptions, decodeStream } from '../../decode/index.ts';
import { isMsgpackMap, sniffCompression } from '../../decode/sniff.ts';
import type { CliIo } from '../cli-io.ts';
import { describeFileError } from '../decode/describe-file-error.ts';
import { MAX_RECORD_BYTES } from '../max-record-bytes.ts';
import type { EncodingOptions } from '../print/encoding-options.ts';
import type { Messages } from '../print/messages.ts';
import { UserError } from '../user-error.ts';
import { FollowedFile } from './followed-file.ts';
import type { RecordBatch } from './record-batch.ts';

export interface FileSourceOptions extends Pick<EncodingOptions, 'encoding'> {
  /** Begins at the beginning instead of at the last lines. */
  readonly fromStart?: boolean;
  readonly lines: number;
}

const STDIN = '-';
const POLL_MILLIS = 200;
const MAGIC_BYTES = 4;

/** Follows a file as it grows, is cut off or is replaced by another one of its name; `-` is stdin. */
export async function* fileSource(
  path: string,
  { encoding, fromStart, lines }: FileSourceOptions,
  io: CliIo,
  messages: Messages,
): AsyncGenerator<RecordBatch> {
  if (path === STDIN) {
    const stdin = addAbortSignal(io.signal, io.stdin);
    yield* batches(stdin, decodeOptions('stdin', encoding, messages));
    return;
  }
  let file = await openForFollowing(path);
  if (fromStart !== true && !isMsgpackMap(await file.head(MAGIC_BYTES))) {
    await file.seekLastLines(lines);
  }
  try {
    for (;;) {
      const options = decodeOptions(path, encoding, messages, file.position);
      yield* batches(growth(file, path, io, messages), { ...options, compression: 'none' });
      await file.close();
      file = await openAgain(path, io);
    }
  } finally {
    await file.close();
  }
}

async function openForFollowing(path: string): Promise<FollowedFile> {
  try {
    const file = await FollowedFile.open(path);
    const compression = sniffCompression(await file.head(MAGIC_BYTES));
    if (compression === 'none') return file;
    await file.close();
    throw new UserError(
      `${path} is ${compression}, which cannot be followed: use collectorless decode`,
    );
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${path}: ${describeFileError(cause)}`, { cause });
  }
}

/** In the middle of a rotation the new file may be gone again, or not be readable yet. */
async function openAgain(path: string, { signal }: CliIo): Promise<FollowedFile> {
  for (;;) {
    const file = await FollowedFile.open(path).catch(() => undefined);
    if (file !== undefined) return file;
    await setTimeout(POLL_MILLIS, undefined, { signal });
  }
}

/** The bytes from where the file stands, until it is another one. */
async function* growth(
  file: FollowedFile,
  path: string,
  { signal }: CliIo,
  messages: Messages,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield* unreadBlocks(file);
    const end = await file.end();
    if (end !== undefined) {
      // Its last lines may have been written just before.
      if (end === 'replaced') yield* unreadBlocks(file);
      messages.note(`${path} was ${end}: going on at its beginning`);
      return;
    }
    await setTimeout(POLL_MILLIS, undefined, { signal });
  }
}

async function* unreadBlocks(file: FollowedFile): AsyncGenerator<Uint8Array> {
  for (let block = await file.read(); block.length > 0; block = await file.read()) yield block;
}

async function* batches(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): AsyncGenerator<RecordBatch> {
  for await (const record of decodeStream(bytes, options)) yield { records: [record] };
}

function decodeOptions(
  name: string,
  encoding: DecodeOptions['encoding'],
  messages: Messages,
  startPosition = 0,
): DecodeOptions {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    maxDecompressedBytes: MAX_RECORD_BYTES,
    onError({ error, position }) {
      // The decoder counts from where the reading began.
      const text = error.message.replace(/ \(at byte \d+\)$/u, '');
      messages.warn(`${name}: ${text} (at byte ${startPosition + position})`);
    },
  };
}
