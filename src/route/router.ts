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
  /** Those that only stored targets may have. */
  readonly #keptNames: readonly [string, TargetName][];
  readonly #variesByRecord: boolean;
  /** Of the record at hand, in the order of the names. */
  readonly #values: string[] = [];
  #byResource = new WeakMap<object, Target>();
  /** Most records have the resource of the one before. */
  #last: { readonly resource: object; readonly target: Target } | undefined;
  /** And most have its names. */
  #lastFound: { readonly values: readonly string[]; readonly target: Target } | undefined;
  /** In the order of last use, so that the first one is the least recently used. */
  readonly #live = new Map<string, Target>();
  /** The one that takes what is too many, so that there is never more than one of them. */
  #overflow: Target | undefined;

  constructor(options: RouterOptions) {
    this.#options = options;
    const names = Object.entries(options.names);
    this.#names = names.filter(([, { isKeptWith }]) => isKeptWith === undefined);
    this.#keptNames = names.filter(([, { isKeptWith }]) => isKeptWith !== undefined);
    this.#variesByRecord = this.#names.some(([, name]) => name.variesBy === 'record');
  }

  route(record: ReadableLogRecord): Target {
    if (this.#variesByRecord) return this.#find(record);
    const resource: object = record.resource;
    if (this.#last?.resource === resource) return this.#last.target;
    const target = this.#byResource.get(resource) ?? this.#find(record);
    this.#byResource.set(resource, target);
    this.#last = { resource, target };
    return target;
  }

  /**
   * The target of these names, as `route` answered it once; nothing when there is no place for it now. Since then the
   * options may have changed: a name that came is what it is for a record of which only the resource is known, and one
   * that went is left out, as services take neither empty names nor any number of them, unless it must be kept.
   */
  restore(
    stored: Readonly<Record<string, string>>,
    resource: Target['resource'],
  ): Target | undefined {
    const names = this.#renew(stored, resource);
    const known = this.#live.get(identityOf(Object.values(names)));
    if (known !== undefined) return known;
    const { maxTargets } = this.#options;
    while (this.#live.size >= maxTargets && this.#forgetOneIdle());
    return this.#live.size >= maxTargets ? undefined : this.#add(names, resource);
  }

  /** The key that `restore` would give a target. */
  keyOf(stored: Readonly<Record<string, string>>, resource: Target['resource']): string {
    return this.#keyOf(this.#renew(stored, resource));
  }

  #renew(
    stored: Readonly<Record<string, string>>,
    resource: Target['resource'],
  ): Record<string, string> {
    const names = this.#render((name, option) => stored[option] ?? name.render(recordOf(resource)));
    const kept = this.#keptNames.flatMap(([option, { isKeptWith }]) => {
      const name = stored[option];
      return name !== undefined && isKeptWith?.(names) === true ? [[option, name]] : [];
    });
    return { ...names, ...Object.fromEntries(kept) };
  }

  #find(record: ReadableLogRecord): Target {
    const values = this.#values;
    let index = 0;
    for (const [, name] of this.#names) values[index++] = name.render(record);
    // Only now: a name may be a function of the application, and that may have a target forgotten.
    const last = this.#lastFound;
    if (last !== undefined && areSame(last.values, values)) return last.target;
    const identity = identityOf(values);
    const known = this.#live.get(identity);
    if (known !== undefined) {
      this.#live.delete(identity);
      this.#live.set(identity, known);
      this.#lastFound = { values: [...values], target: known };
      return known;
    }
    const { maxTargets } = this.#options;
    while (this.#live.size >= maxTargets && this.#forgetOneIdle());
    if (this.#live.size >= maxTargets) {
      this.#overflow ??= this.#findOverflow(record);
      return this.#overflow;
    }
    const names = this.#names.map(([option], index) => [option, values[index] ?? '']);
    return this.#add(Object.fromEntries(names), record.resource);
  }

  #findOverflow(record: ReadableLogRecord): Target {
    const names = this.#render((name) => name.renderOverflow(record));
    const known = this.#live.get(identityOf(Object.values(names)));
    return known ?? this.#add(names, record.resource);
  }

  /** Forgets a target, for example one that was idle for long. */
  forget(target: Target): void {
    if (!this.#live.delete(identityOf(Object.values(target.names)))) return;
    if (target === this.#overflow) this.#overflow = undefined;
    // Resources that point to it are not known here; they are few and are looked up again.
    this.#byResource = new WeakMap();
    this.#last = undefined;
    this.#lastFound = undefined;
    this.#options.onForget(target);
  }

  #render(render: (name: TargetName, option: string) => string): Record<string, string> {
    return Object.fromEntries(this.#names.map(([option, name]) => [option, render(name, option)]));
  }

  #add(names: Readonly<Record<string, string>>, resource: Target['resource']): Target {
    const target: Target = {
      key: this.#keyOf(names),
      names,
      ...(resource === undefined ? {} : { resource }),
    };
    this.#live.set(identityOf(Object.values(names)), target);
    // The order of last use holds only while the last one found is the last one of all.
    this.#lastFound = undefined;
    return target;
  }

  #keyOf(names: Readonly<Record<string, string>>): string {
    return this.#names
      .map(([option, { rule }]) => rule.shown?.(names[option] ?? '') ?? names[option])
      .filter((shown) => shown !== '')
      .join(' · ');
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

/** Of the same length. A loop, as there is one for each record. */
function areSame(one: readonly string[], other: readonly string[]): boolean {
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** One that says nothing but where it is from. */
function recordOf(resource: Target['resource']): ReadableLogRecord {
  const none: ReadableLogRecord['resource'] = {
    attributes: {},
    merge: () => none,
    getRawAttributes: () => [],
  };
  return {
    hrTime: [0, 0],
    hrTimeObserved: [0, 0],
    resource: resource ?? none,
    instrumentationScope: { name: '' },
    attributes: {},
    droppedAttributesCount: 0,
  };
}

/** Unlike the key of reports, never the same for two sets of names: no name has a NUL. */
function identityOf(names: readonly string[]): string {
  return names.join('\0');
}
