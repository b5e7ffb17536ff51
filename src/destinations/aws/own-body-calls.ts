import { type Runtime, systemRuntime } from '../../exporter/runtime.ts';
import { objectProperty } from '../../object-property.ts';
import type { CallBody } from './call-body.ts';
import { CallChannel, type SendCommand } from './call-channel.ts';
import type { CallUnderWay, OnResponse } from './call-middleware.ts';
import type { AskIdentity } from './identity-of.ts';
import type { ReadyAwsClient } from './lazy-aws-client.ts';

/** What the SDK finds in its surroundings, such as addresses, is asked for anew after this time. */
const MAX_AGE_MILLIS = 60_000;
/** So long before they end the SDK asks for credentials again, each time. */
const RENEWED_EARLY_MILLIS = 300_000;
/** As many as there are requests side by side, and a few more for other targets. */
const MAX_IDLE = 32;

export interface OwnBodyCall<Output> {
  readonly body: CallBody;
  readonly signal: AbortSignal;
  /** The target: calls with another one may have other addresses. */
  readonly key: string;
  readonly onResponse?: OnResponse<Output> | undefined;
}

interface IdleChannel<Output> {
  readonly channel: CallChannel<Output>;
  readonly key: string;
  readonly untilMillis: number;
}

/**
 * Sends bodies that are ready in place of those that the SDK would make of a command's input, and uses their
 * memory again when they were sent. The input holds no entries: the SDK would only walk them for nothing.
 */
export class OwnBodyCalls<Output> {
  readonly #clock: Pick<Runtime, 'wallMillis'>;
  #idle: IdleChannel<Output>[] = [];

  /** @param clock For tests. Default: the system's. */
  constructor(clock: Pick<Runtime, 'wallMillis'> = systemRuntime) {
    this.#clock = clock;
  }

  async send(
    { askIdentity, isPrivate }: Pick<ReadyAwsClient<unknown, unknown>, 'askIdentity' | 'isPrivate'>,
    { body, key, onResponse, signal }: OwnBodyCall<Output>,
    sendCommand: SendCommand<Output>,
  ): Promise<Output> {
    const { channel, untilMillis } = (await this.#take(key, askIdentity)) ?? {
      channel: new CallChannel<Output>({ isPrivate, repeats: askIdentity !== undefined }),
      untilMillis: this.#clock.wallMillis() + MAX_AGE_MILLIS,
    };
    const call: CallUnderWay<Output> = {
      bytes: body.bytes(),
      signal,
      onResponse,
      started: 0,
      sent: 0,
      statusCode: undefined,
      isSignalSeen: false,
      isRepeated: false,
      answer: undefined,
    };
    const output = await channel.send(call, sendCommand);
    // After a failure something may still read it, and a user's middleware may keep it; then the garbage
    // collector takes it.
    if (isPrivate && call.started > 0 && call.started === call.sent) body.release();
    this.#giveBack({ channel, key, untilMillis });
    return output;
  }

  /** A channel that would do all as the SDK would do it now. */
  async #take(
    key: string,
    askIdentity: AskIdentity | undefined,
  ): Promise<IdleChannel<Output> | undefined> {
    const now = this.#clock.wallMillis();
    this.#idle = this.#idle.filter(({ untilMillis }) => untilMillis > now);
    if (askIdentity === undefined || !this.#idle.some((idle) => idle.key === key)) return undefined;
    const identity = await askIdentity().catch(() => undefined);
    this.#idle = this.#idle.filter(({ channel }) => channel.identity === identity);
    const index = this.#idle.findLastIndex((idle) => idle.key === key);
    return index === -1 ? undefined : this.#idle.splice(index, 1)[0];
  }

  #giveBack(idle: IdleChannel<Output>): void {
    const { identity } = idle.channel;
    if (identity === undefined) return;
    const expiration = objectProperty(identity, 'expiration');
    const endMillis = expiration instanceof Date ? expiration.getTime() : Number.POSITIVE_INFINITY;
    const untilMillis = Math.min(idle.untilMillis, endMillis - RENEWED_EARLY_MILLIS);
    this.#idle.push({ ...idle, untilMillis });
    if (this.#idle.length > MAX_IDLE) this.#idle.shift();
  }
}
