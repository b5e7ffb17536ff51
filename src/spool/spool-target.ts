import { createHash } from 'node:crypto';
import { isMap } from '../is-map.ts';

/** What is stored of a target: its key and names. */
export interface SpoolTarget {
  readonly key: string;
  readonly names: Readonly<Record<string, string>>;
  /** As JSON has them. */
  readonly resourceAttributes?: Readonly<Record<string, unknown>>;
}

export interface EncodedTarget {
  /** The same for equal targets, in every process. Tells nothing of the names. */
  readonly id: string;
  readonly bytes: Buffer;
}

const ID_LENGTH = 16;

/** @throws TypeError for attributes that JSON cannot hold. */
export function encodeTarget(target: SpoolTarget): EncodedTarget {
  const { key, names, resourceAttributes } = target;
  // The order in which names were set is no difference.
  const sorted = Object.entries(names).sort(([one], [other]) => (one < other ? -1 : 1));
  const bytes = Buffer.from(JSON.stringify([key, sorted, resourceAttributes]), 'utf8');
  return { id: idOf(bytes), bytes };
}

/** Undefined when the bytes are no target. */
export function decodeTarget(
  bytes: Buffer,
): { readonly id: string; readonly target: SpoolTarget } | undefined {
  const [key, names, resourceAttributes] = parseList(bytes);
  if (typeof key !== 'string' || !isNameList(names)) return undefined;
  const target: SpoolTarget = {
    key,
    // Makes own properties, whatever their name.
    names: Object.fromEntries(names),
    ...(isMap(resourceAttributes) ? { resourceAttributes } : {}),
  };
  return { id: idOf(bytes), target };
}

function idOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, ID_LENGTH);
}

function parseList(bytes: Buffer): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isNameList(value: unknown): value is readonly (readonly [string, string])[] {
  return Array.isArray(value) && value.every(isName);
}

function isName(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'string'
  );
}
