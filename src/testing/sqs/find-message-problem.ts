import type { BrokenRule } from '../aws/rule-check.ts';
import { isAllowedText } from './allowed-text.ts';
import { findAttributeProblem } from './find-attribute-problem.ts';
import type { LocalQueue } from './local-queue.ts';
import { sqsLimits } from './sqs-limits.ts';
import { messageBytes, type WireMessage } from './sqs-message.ts';

const fifoIdPattern = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** The first rule that one message breaks; in a batch it fails that entry alone. */
export function findMessageProblem(
  message: WireMessage,
  queue: LocalQueue,
): BrokenRule | undefined {
  return (
    findBodyProblem(message, queue) ??
    findAttributeProblem(message.MessageAttributes ?? {}) ??
    findDelayProblem(message, queue) ??
    findFifoIdProblem(message, queue)
  );
}

/** A FIFO message without its ids fails the whole call, and nothing of it is stored. */
export function findMissingFifoId(message: WireMessage, queue: LocalQueue): BrokenRule | undefined {
  if (!queue.isFifo) return undefined;
  if (message.MessageGroupId === undefined) {
    return missing('MessageGroupId', 'The request must contain the parameter MessageGroupId.');
  }
  if (message.MessageDeduplicationId !== undefined || queue.deduplicatesByContent) return undefined;
  const text =
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
  return { ...missing('MessageDeduplicationId', text), error: 'InvalidParameterValue' };
}

function missing(detail: string, message: string): BrokenRule {
  return { rule: 'fifo-id-missing', error: 'MissingParameter', message, detail };
}

function findBodyProblem(message: WireMessage, queue: LocalQueue): BrokenRule | undefined {
  const { MessageBody: body } = message;
  if (body === '') {
    const text = 'The request must contain the parameter MessageBody.';
    return { rule: 'body-empty', error: 'MissingParameter', message: text, detail: 'MessageBody' };
  }
  if (!isAllowedText(body)) {
    const text =
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
    const error = 'InvalidMessageContents';
    return { rule: 'body-characters', error, message: text, detail: 'MessageBody' };
  }
  const limit = queue.maxMessageBytes;
  const actual = messageBytes(message);
  if (actual <= limit) return undefined;
  const reason = `Message must be shorter than ${limit} bytes.`;
  return { ...invalid('message-bytes', reason), limit, actual };
}

function findDelayProblem(message: WireMessage, queue: LocalQueue): BrokenRule | undefined {
  const { DelaySeconds: seconds } = message;
  if (seconds === undefined) return undefined;
  const limit = sqsLimits.maxDelaySeconds;
  if (queue.isFifo && seconds !== 0) {
    const reason = 'The request include parameter that is not valid for this queue type.';
    return invalid('delay', `Value ${seconds} for parameter DelaySeconds is invalid. ${reason}`);
  }
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= limit) return undefined;
  const reason = `DelaySeconds must be >= 0 and <= ${limit}.`;
  const text = `Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${reason}`;
  return { ...invalid('delay', text), limit, actual: seconds };
}

function findFifoIdProblem(message: WireMessage, queue: LocalQueue): BrokenRule | undefined {
  if (!queue.isFifo && message.MessageDeduplicationId !== undefined) {
    const reason =
      'The request include parameter MessageDeduplicationId that is not valid for this queue type';
    return invalid('deduplication-id-on-standard', reason);
  }
  for (const name of ['MessageGroupId', 'MessageDeduplicationId'] as const) {
    const value = message[name];
    if (value === undefined || fifoIdPattern.test(value)) continue;
    const reason = `${name} can only include alphanumeric and punctuation characters. 1 to ${sqsLimits.maxFifoIdLength} in length`;
    const text = `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`;
    const sizes = { limit: sqsLimits.maxFifoIdLength, actual: value.length };
    return { ...invalid('fifo-id', text), ...sizes, detail: name };
  }
  return undefined;
}

function invalid(rule: string, reason: string): BrokenRule {
  const prefix = reason.startsWith('Value') ? '' : 'One or more parameters are invalid. Reason: ';
  return { rule, error: 'InvalidParameterValue', message: `${prefix}${reason}` };
}
