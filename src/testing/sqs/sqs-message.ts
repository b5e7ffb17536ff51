import { list, map, number, optional, type Shape, structure, text } from '../aws/shape.ts';
import { decodeBase64 } from '../decode-base64.ts';

/** A message attribute as it travels. */
export interface WireAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  /** Base64. */
  readonly BinaryValue?: string | undefined;
}

export type WireAttributes = Readonly<Record<string, WireAttribute>>;

/** What an entry of a batch and a single message have in common. */
export interface WireMessage {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: WireAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

const attributes = map(
  structure({
    DataType: text,
    StringValue: optional(text),
    BinaryValue: optional(text),
    StringListValues: optional(list(text)),
    BinaryListValues: optional(list(text)),
  }),
);

const messageFields = {
  MessageBody: text,
  DelaySeconds: optional(number),
  MessageAttributes: optional(attributes),
  MessageSystemAttributes: optional(attributes),
  MessageDeduplicationId: optional(text),
  MessageGroupId: optional(text),
};

export const sendMessageInput: Shape<WireMessage & { readonly QueueUrl: string }> = structure({
  QueueUrl: text,
  ...messageFields,
});

export const sendMessageBatchInput: Shape<{
  readonly QueueUrl: string;
  readonly Entries: readonly (WireMessage & { readonly Id: string })[];
}> = structure({ QueueUrl: text, Entries: list(structure({ Id: text, ...messageFields })) });

export function attributeValue(attribute: WireAttribute): Buffer {
  const { StringValue, BinaryValue } = attribute;
  if (StringValue !== undefined) return Buffer.from(StringValue);
  return decodeBase64(BinaryValue ?? '') ?? Buffer.alloc(0);
}

/** Body and each attribute's name, type and value in UTF-8; system attributes are free. */
export function messageBytes(message: WireMessage): number {
  let bytes = Buffer.byteLength(message.MessageBody);
  for (const [name, attribute] of Object.entries(message.MessageAttributes ?? {})) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType);
    bytes += attributeValue(attribute).length;
  }
  return bytes;
}
