import type { Call } from './read-call.ts';

/** What calls of one service sent and what AWS bills for it; the rules and their sources are in docs/cost.md. */
export interface BilledUse {
  readonly calls: number;
  readonly entries: number;
  /** Bytes that the service counts: Firehose data; messages of CloudWatch with 26 bytes for each; bodies and attributes of SQS. */
  readonly bytes: number;
  /** Firehose: bytes after rounding each record up to 5 KB. SQS: requests after cutting calls into 64 KB. */
  readonly billed: number;
}

export const NOTHING_USED: BilledUse = { calls: 0, entries: 0, bytes: 0, billed: 0 };

interface Message {
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string }>
  >;
}

const FIREHOSE_STEP_BYTES = 5_120;
const SQS_STEP_BYTES = 65_536;
const EVENT_OVERHEAD_BYTES = 26;

/** The use of one call, which is parsed for it. */
export function billedUseOf(call: Call, body: Buffer): BilledUse {
  const sizes = entrySizes(call, body);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { calls: 1, entries: sizes.length, bytes, billed: billedOf(call.target, sizes, bytes) };
}

export function sumOfUses(one: BilledUse, other: BilledUse): BilledUse {
  return {
    calls: one.calls + other.calls,
    entries: one.entries + other.entries,
    bytes: one.bytes + other.bytes,
    billed: one.billed + other.billed,
  };
}

function entrySizes({ target, contents }: Call, body: Buffer): readonly number[] {
  if (target.startsWith('Firehose')) return contents.map(({ length }) => length);
  if (target.endsWith('.PutLogEvents')) {
    const { logEvents }: { logEvents: { message: string }[] } = JSON.parse(`${body}`);
    return logEvents.map(({ message }) => Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES);
  }
  if (target.endsWith('.SendMessageBatch')) {
    const { Entries }: { Entries: Message[] } = JSON.parse(`${body}`);
    return Entries.map(messageBytes);
  }
  return [];
}

function messageBytes({ MessageBody, MessageAttributes = {} }: Message): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '' }]) => `${name}${DataType}${StringValue}`,
  );
  return Buffer.byteLength(MessageBody + attributes.join(''));
}

function billedOf(target: string, sizes: readonly number[], bytes: number): number {
  if (target.startsWith('Firehose')) {
    return sizes.reduce(
      (sum, size) => sum + Math.ceil(size / FIREHOSE_STEP_BYTES) * FIREHOSE_STEP_BYTES,
      0,
    );
  }
  return target.startsWith('AmazonSQS') ? Math.ceil(bytes / SQS_STEP_BYTES) : bytes;
}
