import { type Decoder, decodeJsonLines } from '../decode-json-lines.ts';
import { dropFirst } from '../drop-first.ts';

/** One stored (or rejected) event. */
export interface LocalLogEvent {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Unix time in milliseconds, as sent. */
  readonly timestamp: number;
  readonly message: string;
  /** Unix time in milliseconds, of the service. */
  readonly ingestionTime: number;
}

/** An event that was sent in an accepted call, but whose time the service does not take. */
export interface RejectedLogEvent extends LocalLogEvent {
  readonly reason: 'too_old' | 'too_new' | 'expired';
}

/** A log stream of the local CloudWatch Logs. */
export interface LocalLogStream {
  readonly name: string;
  readonly creationTime: number;
  readonly events: LocalLogEvent[];
  /** The last one that was sent along and not rejected. */
  entity?: LogEntity;
}

/** The entity that a call names for its events. */
export interface LogEntity {
  readonly keyAttributes?: Readonly<Record<string, string>> | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** A log group of the local CloudWatch Logs. */
export interface LocalLogGroup {
  readonly name: string;
  readonly creationTime: number;
  readonly logGroupClass: string;
  readonly kmsKeyId?: string;
  readonly tags: Record<string, string>;
  retentionInDays?: number;
  readonly streams: Map<string, LocalLogStream>;
}

/** What there is at the local CloudWatch Logs before the first call. */
export interface LocalCloudWatchLogsOptions {
  /** Groups that are there from the start, with their streams. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** False counts what arrives and forgets it, for long runs. Default true. */
  readonly keepEvents?: boolean;
}

/** What arrived at the local CloudWatch Logs. */
export class LocalCloudWatchLogs {
  readonly groups: Map<string, LocalLogGroup> = new Map();
  /** All stored events of all groups, in the order of arrival. */
  readonly events: LocalLogEvent[] = [];
  readonly rejected: RejectedLogEvent[] = [];
  /** All there ever were, kept or not. */
  eventCount = 0;
  /** Bytes of their messages. */
  byteCount = 0;
  readonly #keep: boolean;
  readonly #decode: Decoder;

  constructor(options: LocalCloudWatchLogsOptions = {}, decode: Decoder = decodeJsonLines) {
    this.#decode = decode;
    this.#keep = options.keepEvents ?? true;
    for (const [group, streams] of Object.entries(options.groups ?? {})) {
      this.createGroup(group);
      for (const stream of streams) this.createStream(group, stream);
    }
  }

  /** The messages of all events. */
  get messages(): string[] {
    return this.events.map(({ message }) => message);
  }

  /** What the messages hold, by the option `decode`. */
  get decoded(): unknown[] {
    return this.events.flatMap(({ message }) => this.#decode(Buffer.from(message)));
  }

  createGroup(
    name: string,
    settings: Partial<Omit<LocalLogGroup, 'name' | 'streams'>> = {},
  ): LocalLogGroup {
    const group: LocalLogGroup = {
      creationTime: Date.now(),
      logGroupClass: 'STANDARD',
      tags: {},
      ...settings,
      name,
      streams: new Map(),
    };
    this.groups.set(name, group);
    return group;
  }

  /** Creates the group too when it is missing. */
  createStream(groupName: string, name: string, creationTime: number = Date.now()): LocalLogStream {
    const group = this.groups.get(groupName) ?? this.createGroup(groupName, { creationTime });
    const stream: LocalLogStream = { name, creationTime, events: [] };
    group.streams.set(name, stream);
    return stream;
  }

  deleteGroup(name: string): void {
    this.groups.delete(name);
  }

  deleteStream(groupName: string, name: string): void {
    this.groups.get(groupName)?.streams.delete(name);
  }

  /** Forgets the events, not the groups and streams. */
  clear(): void {
    this.events.length = 0;
    this.rejected.length = 0;
    this.eventCount = 0;
    this.byteCount = 0;
    for (const group of this.groups.values()) {
      for (const stream of group.streams.values()) stream.events.length = 0;
    }
  }

  /** Forgets the events that arrived before this time; their counts stay. */
  forgetBefore(millis: number): void {
    const isOld = ({ ingestionTime }: LocalLogEvent): boolean => ingestionTime < millis;
    dropFirst(this.events, isOld);
    dropFirst(this.rejected, isOld);
    for (const group of this.groups.values()) {
      for (const { events } of group.streams.values()) dropFirst(events, isOld);
    }
  }

  /** Takes an event in, as the service does after its checks. */
  store(stream: LocalLogStream, event: LocalLogEvent): void {
    this.eventCount += 1;
    this.byteCount += Buffer.byteLength(event.message);
    if (!this.#keep) return;
    stream.events.push(event);
    this.events.push(event);
  }
}
