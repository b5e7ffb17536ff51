import { throwsMarker } from './value-markers.ts';

/** The value of a property, or a marker when its getter or trap throws. */
export function readProperty(source: object, key: string | number): unknown {
  try {
    return (source as Record<string | number, unknown>)[key];
  } catch (error) {
    return throwsMarker(error);
  }
}

/** The names of the own enumerable fields, or a marker when a trap throws. */
export function ownKeys(source: object): string[] | string {
  try {
    return Object.keys(source);
  } catch (error) {
    return throwsMarker(error);
  }
}

/** Sets an own property, also one named `__proto__`, which an assignment would take for the prototype. */
export function setOwnProperty(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    target[key] = value;
  }
}
