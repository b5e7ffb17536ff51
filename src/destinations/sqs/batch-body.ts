import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import { JsonBody } from '../aws/json-body.ts';
import { ATTRIBUTE_TYPE } from './message-attributes-option.ts';
import { MESSAGE_ESCAPES, withoutNonCharacters } from './repair-text.ts';

type MessageBody = Pick<PackedEntry, 'bytes' | 'nested'>;

export interface BatchMessages {
  readonly queueUrl: string;
  readonly entries: readonly PackedEntry[];
  /** One for each entry: text, or bytes for base64. */
  readonly bodies: readonly MessageBody[];
  readonly isBase64: boolean;
  /** The same for all messages of a target. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageGroupId: string | undefined;
  /** FIFO only: with an entry's sequence the id under which the queue takes it once. */
  readonly deduplicationPrefix: string | undefined;
}

/** The JSON of a SendMessageBatch call; the index of an entry is its id. */
export function batchBody(messages: BatchMessages, buffers: ReusedMemory): JsonBody {
  const { bodies, deduplicationPrefix, entries, isBase64, messageGroupId, queueUrl } = messages;
  const attributes = attributesJson(messages.attributes);
  const bodyBytes = bodies.reduce((sum, body) => sum + sizeInBody(body) + 1024, 0);
  const json = new JsonBody(buffers, Math.ceil(bodyBytes), MESSAGE_ESCAPES);
  json.syntax('{"QueueUrl":').value(queueUrl).syntax(',"Entries":[');
  entries.forEach((entry, index) => {
    const body = bodies[index] ?? entry;
    json.syntax(`${index === 0 ? '' : ','}{"Id":"${index}","MessageBody":`);
    if (isBase64) json.base64(body.bytes);
    else if (body.nested === undefined) json.lines(withoutNonCharacters(body.bytes));
    else json.nestedText(withoutNonCharacters(body.nested));
    if (messageGroupId !== undefined) json.syntax(',"MessageGroupId":').value(messageGroupId);
    if (deduplicationPrefix !== undefined) {
      const id = `${deduplicationPrefix}-${entry.sequence}`;
      json.syntax(',"MessageDeduplicationId":').value(id);
    }
    if (attributes !== undefined) json.syntax(',"MessageAttributes":').value(attributes);
    json.syntax('}');
  });
  return json.syntax(']}');
}

/** About, where it is still to be escaped or made base64. */
function sizeInBody(body: MessageBody): number {
  return body.nested?.length ?? body.bytes.length * 1.35;
}

function attributesJson(attributes: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, { DataType: ATTRIBUTE_TYPE, StringValue: value }]),
  );
}
