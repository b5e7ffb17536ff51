import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { type Runtime, systemRuntime } from '../../exporter/runtime.ts';
import { awsErrorName, classifyAwsError } from '../aws/classify-aws-error.ts';
import type { ReadyAwsClient } from '../aws/lazy-aws-client.ts';
import { withLimitedAnswer } from '../aws/with-limited-answer.ts';
import type { LogGroupSettings } from './log-group-options.ts';
import { missingTargetError } from './missing-target-error.ts';

type CloudWatchLogsSdk = typeof import('@aws-sdk/client-cloudwatch-logs');

export interface LogTargetCreatorOptions {
  readonly createLogGroup: boolean;
  readonly createLogStream: boolean;
  readonly retentionInDays: number | undefined;
  readonly groupSettings: LogGroupSettings;
  /** Told when a group was created and the service refused its retention for good. */
  readonly onRefusedRetention: (error: Error) => void;
}

export interface CloudWatchLogsCall
  extends ReadyAwsClient<CloudWatchLogsSdk, CloudWatchLogsClient> {
  readonly signal: AbortSignal;
}

/** Of the time of the events: so long they wait for the retention of their group. */
const RETENTION_WAIT_MILLIS = 1_000;
/** Then the next request may try again. */
const RETENTION_TIMEOUT_MILLIS = 10_000;

/**
 * Creates log groups and streams, and only when the service has said that one is missing: Describe calls
 * have a quota of 10 to 25 a second and would fail a fleet that starts together.
 */
export class LogTargetCreator {
  readonly #options: LogTargetCreatorOptions;
  readonly #clock: Pick<Runtime, 'startTimer' | 'wallMillis'>;
  /** Calls under way, so that requests side by side create a thing once. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Groups that were created here and have no retention policy yet, because that call failed. */
  readonly #withoutRetention = new Set<string>();

  /** @param clock For tests. Default: the system's. */
  constructor(
    options: LogTargetCreatorOptions,
    clock: Pick<Runtime, 'startTimer' | 'wallMillis'> = systemRuntime,
  ) {
    this.#options = options;
    this.#clock = clock;
  }

  get createsStreams(): boolean {
    return this.#options.createLogStream;
  }

  /** Creates what is missing. Throws what the service throws, or a `ServiceError` that names the option. */
  async create(group: string, stream: string, call: CloudWatchLogsCall): Promise<void> {
    const { createLogGroup, createLogStream } = this.#options;
    await this.#once(`${group}\n${stream}`, async () => {
      if (createLogStream) await this.#createStreamAndGroup(group, stream, call);
      else if (createLogGroup) await this.#createGroup(group, call);
      else throw missingTargetError('group or stream', ['createLogGroup', 'createLogStream']);
      // One that hangs was waited for.
      if (!this.#underWay.has(retentionOf(group))) await this.#setRetentionSoon(group, call);
    });
  }

  /**
   * Sets the retention of a group that was created here and still has none. What goes wrong is tried
   * again with the next request: events are worth more than the time they are kept.
   */
  async catchUpRetention(group: string, call: CloudWatchLogsCall): Promise<void> {
    if (!this.#withoutRetention.has(group)) return;
    await this.#setRetention(group, call).catch(() => {});
  }

  async #createStreamAndGroup(
    group: string,
    stream: string,
    call: CloudWatchLogsCall,
  ): Promise<void> {
    try {
      await this.#createStream(group, stream, call);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (!this.#options.createLogGroup) throw missingTargetError('group', ['createLogGroup']);
      await this.#createGroup(group, call);
      // Before the stream: when it fails, the missing stream brings the next attempt here again.
      await this.#setRetentionSoon(group, call);
      await this.#createStream(group, stream, call);
    }
  }

  async #createStream(group: string, stream: string, call: CloudWatchLogsCall): Promise<void> {
    const command = new call.sdk.CreateLogStreamCommand({
      logGroupName: group,
      logStreamName: stream,
    });
    await ignoreExisting(
      call.client.send(withLimitedAnswer(command), { abortSignal: call.signal }),
    );
  }

  async #createGroup(group: string, call: CloudWatchLogsCall): Promise<void> {
    await this.#once(group, async () => {
      const { groupSettings, retentionInDays } = this.#options;
      const command = new call.sdk.CreateLogGroupCommand({ logGroupName: group, ...groupSettings });
      const isNew = await ignoreExisting(
        call.client.send(withLimitedAnswer(command), { abortSignal: call.signal }),
      );
      if (isNew && retentionInDays !== undefined) this.#withoutRetention.add(group);
    });
  }

  /** Goes on without it when the call hangs: then it is caught up with. */
  async #setRetentionSoon(group: string, call: CloudWatchLogsCall): Promise<void> {
    let cancelTimer = (): void => {};
    const isOver = new Promise<void>((resolve) => {
      cancelTimer = this.#clock.startTimer(resolve, RETENTION_WAIT_MILLIS);
    });
    try {
      await Promise.race([this.#setRetention(group, call), isOver]);
    } finally {
      cancelTimer();
    }
  }

  /** Throws what passes with time; what does not is told, and costs no events. */
  async #setRetention(group: string, call: CloudWatchLogsCall): Promise<void> {
    if (!this.#withoutRetention.has(group)) return;
    await this.#once(retentionOf(group), async () => {
      const { onRefusedRetention, retentionInDays } = this.#options;
      const command = new call.sdk.PutRetentionPolicyCommand({
        logGroupName: group,
        retentionInDays,
      });
      const timeout = new AbortController();
      const cancelTimer = this.#clock.startTimer(() => timeout.abort(), RETENTION_TIMEOUT_MILLIS);
      try {
        const abortSignal = AbortSignal.any([call.signal, timeout.signal]);
        await call.client.send(withLimitedAnswer(command), { abortSignal });
      } catch (thrown) {
        const failure = classifyAwsError(thrown, this.#clock.wallMillis());
        if (failure.status === 'retryable') throw thrown;
        onRefusedRetention(failure.error);
      } finally {
        cancelTimer();
      }
      this.#withoutRetention.delete(group);
    });
  }

  async #once(key: string, create: () => Promise<void>): Promise<void> {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const started = create().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, started);
    return started;
  }
}

/** The key of the call. */
function retentionOf(group: string): string {
  return `retention\n\n${group}`;
}

export function isNotFound(error: unknown): boolean {
  return awsErrorName(error) === 'ResourceNotFoundException';
}

/** True when the thing was created now, false when it was there. */
async function ignoreExisting(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if (awsErrorName(error) === 'ResourceAlreadyExistsException') return false;
    throw error;
  }
}
