import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Target } from './target.ts';
import type { TargetName } from './target-name.ts';

export interface RouterOptions {
  /** By option name. */
  readonly names: Readonly<Record<string, TargetName>>;
  /** Targets that live at once; what would be more goes to one overflow target. */
  readonly maxTargets: number;
  /** Asked when the limit is reached: true when nothing is on its way to the target any more. */
  readonly isIdle: (target: Target) => boolean;
  readonly onForget: (target: Target) => void;
}

/** Says for each record where it goes. */
export class Router {
  readonly #options: RouterOptions;
  readonly #names: readonly [string, TargetName][];
  readonly #variesByRecord: boolean;
  #byResource = new WeakMap<object, Target>();
  /** In the order of last use, so that the first one is the least recently used. */
  readonly #live = new Map<string, Target>();

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#names = Object.entries(options.names);
    this.#variesByRecord = this.#names.some(([, name]) => name.variesBy === 'record');
  }

  route(record: ReadableLogRecord): Target {
    if (this.#variesByRecord) return this.#find(record);
    const resource: object = record.resource;
    const known = this.#byResource.get(resource);
    if (known !== undefined) return known;
    const target = this.#find(record);
    this.#byResource.set(resource, target);
    return target;
  }

  #find(record: ReadableLogRecord): Target {
    const names = this.#render((name) => name.render(record));
    const key = keyOf(names);
    const known = this.#live.get(key);
    if (known !== undefined) {
      this.#live.delete(key);
      this.#live.set(key, known);
      return known;
    }
    if (this.#live.size >= this.#options.maxTargets && !this.#forgetOneIdle()) {
      const overflow = this.#render((name) => name.renderOverflow(record));
      const overflowKey = keyOf(overflow);
      return this.#live.get(overflowKey) ?? this.#add(overflowKey, overflow);
    }
    return this.#add(key, names);
  }

  /** Forgets a target, for example one that was idle for long. */
  forget(target: Target): void {
    if (!this.#live.delete(target.key)) return;
    // Resources that point to it are not known here; they are few and are looked up again.
    this.#byResource = new WeakMap();
    this.#options.onForget(target);
  }

  #render(render: (name: TargetName) => string): Record<string, string> {
    return Object.fromEntries(this.#names.map(([option, name]) => [option, render(name)]));
  }

  #add(key: string, names: Record<string, string>): Target {
    const target: Target = { key, names };
    this.#live.set(key, target);
    return target;
  }

  #forgetOneIdle(): boolean {
    for (const target of this.#live.values()) {
      if (!this.#options.isIdle(target)) continue;
      this.forget(target);
      return true;
    }
    return false;
  }
}

function keyOf(names: Record<string, string>): string {
  return Object.values(names).join(' · ');
}
