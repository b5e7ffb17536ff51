import type { CloudWatchLogsClient, LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { awsErrorName } from '../aws/classify-aws-error.ts';

type CloudWatchLogsSdk = typeof import('@aws-sdk/client-cloudwatch-logs');

export interface LogTargetCreatorOptions {
  readonly createLogGroup: boolean;
  readonly createLogStream: boolean;
  readonly retentionInDays: number | undefined;
  readonly logGroupClass: string | undefined;
  readonly kmsKeyId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

export interface CloudWatchLogsCall {
  readonly sdk: CloudWatchLogsSdk;
  readonly client: CloudWatchLogsClient;
  readonly signal: AbortSignal;
}

/**
 * Creates log groups and streams, and only when the service has said that one is missing: Describe calls
 * have a quota of 10 to 25 a second and would fail a fleet that starts together.
 */
export class LogTargetCreator {
  readonly #options: LogTargetCreatorOptions;
  /** Calls under way, so that requests side by side create a thing once. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Groups that were created here and have no retention policy yet, because that call failed. */
  readonly #withoutRetention = new Set<string>();

  constructor(options: LogTargetCreatorOptions) {
    this.#options = options;
  }

  /** True when it may create at least one of the two. */
  get isAllowed(): boolean {
    return this.#options.createLogGroup || this.#options.createLogStream;
  }

  /** Creates what is missing. Throws what the service throws. */
  async create(group: string, stream: string, call: CloudWatchLogsCall): Promise<void> {
    await this.#once(`${group}\n${stream}`, async () => {
      if (!this.#options.createLogStream) {
        await this.#createGroup(group, call);
        return;
      }
      try {
        await this.#createStream(group, stream, call);
      } catch (error) {
        if (!isNotFound(error) || !this.#options.createLogGroup) throw error;
        await this.#createGroup(group, call);
        await this.#createStream(group, stream, call);
      }
      if (this.#withoutRetention.has(group)) await this.#setRetention(group, call);
    });
  }

  async #createStream(group: string, stream: string, call: CloudWatchLogsCall): Promise<void> {
    const command = new call.sdk.CreateLogStreamCommand({
      logGroupName: group,
      logStreamName: stream,
    });
    await ignoreExisting(call.client.send(command, { abortSignal: call.signal }));
  }

  async #createGroup(group: string, call: CloudWatchLogsCall): Promise<void> {
    await this.#once(group, async () => {
      const { kmsKeyId, logGroupClass, retentionInDays, tags } = this.#options;
      const command = new call.sdk.CreateLogGroupCommand({
        logGroupName: group,
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        ...(tags === undefined ? {} : { tags: { ...tags } }),
        // Passed on as it is: the service gains classes faster than the SDK's list of them.
        ...(logGroupClass === undefined ? {} : { logGroupClass: logGroupClass as LogGroupClass }),
      });
      const isNew = await ignoreExisting(call.client.send(command, { abortSignal: call.signal }));
      if (!isNew || retentionInDays === undefined) return;
      this.#withoutRetention.add(group);
      await this.#setRetention(group, call);
    });
  }

  async #setRetention(group: string, call: CloudWatchLogsCall): Promise<void> {
    const command = new call.sdk.PutRetentionPolicyCommand({
      logGroupName: group,
      retentionInDays: this.#options.retentionInDays,
    });
    await call.client.send(command, { abortSignal: call.signal });
    this.#withoutRetention.delete(group);
  }

  async #once(key: string, create: () => Promise<void>): Promise<void> {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const started = create().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, started);
    return started;
  }
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
