import { isMap } from '../../is-map.ts';
/** Why a value does not have a shape. */
export interface ShapeProblem {
  readonly kind: 'type' | 'missing' | 'unknown';
  /** The path as AWS writes it, list positions from 1: `records.3.member.data`. */
  readonly path: string;
  readonly message: string;
}

/** The type of a wire value; finds the first thing wrong with it, unknown members last. */
export interface Shape<T> {
  readonly optional?: boolean;
  problem(value: unknown): ShapeProblem | undefined;
  /** Carries the type, never set. */
  readonly type?: T;
}

type OptionalKeys<F> = {
  [K in keyof F]: F[K] extends { readonly optional: true } ? K : never;
}[keyof F];
type TypeOf<S> = S extends Shape<infer T> ? T : never;
type Structure<F> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: TypeOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: TypeOf<F[K]> | undefined;
};

function scalar<T>(name: string, accepts: (value: unknown) => boolean): Shape<T> {
  return {
    problem: (value) =>
      accepts(value)
        ? undefined
        : { kind: 'type', path: '', message: `${describe(value)} can not be converted to ${name}` },
  };
}

export const text: Shape<string> = scalar('a String', (value) => typeof value === 'string');
export const flag: Shape<boolean> = scalar('a Boolean', (value) => typeof value === 'boolean');
export const number: Shape<number> = scalar('a Number', (value) => typeof value === 'number');

export function optional<T>(shape: Shape<T>): Shape<T> & { readonly optional: true } {
  return { problem: (value) => shape.problem(value), optional: true };
}

export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    problem(value) {
      if (!Array.isArray(value)) return wrong(value, 'a List');
      let unknownMember: ShapeProblem | undefined;
      for (let index = 0; index < value.length; index += 1) {
        const found = item.problem(value[index]);
        if (found === undefined) continue;
        const placed = within(`${index + 1}.member`, found);
        if (found.kind !== 'unknown') return placed;
        unknownMember ??= placed;
      }
      return unknownMember;
    },
  };
}

export function map<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    problem(value) {
      if (!isMap(value)) return wrong(value, 'a Map');
      let unknownMember: ShapeProblem | undefined;
      for (const [key, entry] of Object.entries(value)) {
        const found = item.problem(entry);
        if (found === undefined) continue;
        if (found.kind !== 'unknown') return within(key, found);
        unknownMember ??= within(key, found);
      }
      return unknownMember;
    },
  };
}

export function structure<F extends Record<string, Shape<unknown>>>(
  fields: F,
): Shape<Structure<F>> {
  const required = Object.keys(fields).filter((name) => fields[name]?.optional !== true);
  const shapes = new Map(Object.entries(fields));
  return {
    problem(value) {
      if (!isMap(value)) return wrong(value, 'a Structure');
      for (const name of required) {
        if (value[name] === undefined || value[name] === null) {
          return { kind: 'missing', path: firstLower(name), message: 'Member must not be null' };
        }
      }
      let unknownMember: ShapeProblem | undefined;
      for (const name in value) {
        const found = shapes.get(name)?.problem(value[name]);
        if (found !== undefined) {
          if (found.kind !== 'unknown') return within(firstLower(name), found);
          unknownMember ??= within(firstLower(name), found);
        } else if (!shapes.has(name)) {
          const message = `Unknown member ${JSON.stringify(name)}`;
          unknownMember ??= { kind: 'unknown', path: name, message };
        }
      }
      return unknownMember;
    },
  };
}

function wrong(value: unknown, expected: string): ShapeProblem {
  return {
    kind: 'type',
    path: '',
    message: `${describe(value)} can not be converted to ${expected}`,
  };
}

function within(prefix: string, inner: ShapeProblem): ShapeProblem {
  return { ...inner, path: inner.path === '' ? prefix : `${prefix}.${inner.path}` };
}

function describe(value: unknown): string {
  if (value === null) return 'NULL_VALUE';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  return `${typeof value}_VALUE`.toUpperCase();
}

const firstLower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
