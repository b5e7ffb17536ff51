import type { MeterProvider } from '@opentelemetry/api';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { objectProperty } from '../object-property.ts';
import { shownOption } from '../shown-option.ts';

export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** Where the bound comes from, for the error. */
  readonly because?: string;
}

/**
 * A number option or its default.
 * @throws InvalidOptionError that names the option, what is expected and the value.
 */
export function numberOption(
  name: string,
  value: unknown,
  defaultValue: number,
  bounds: NumberBounds = {},
): number {
  if (value === undefined) return defaultValue;
  const { min, max, integer = true, because } = bounds;
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  const isInBounds =
    isNumber &&
    (!integer || Number.isInteger(value)) &&
    value >= (min ?? Number.NEGATIVE_INFINITY) &&
    value <= (max ?? Number.POSITIVE_INFINITY);
  if (isInBounds) return value;
  const expected = [
    `a finite ${integer ? 'whole ' : ''}number`,
    ...(min === undefined ? [] : [`>= ${min}`]),
    ...(max === undefined ? [] : [`<= ${max}`]),
  ].join(' ');
  throw new InvalidOptionError(
    `Expected \`${name}\` to be ${expected}${because === undefined ? '' : ` (${because})`}, got ${shownOption(value)}`,
  );
}

/** One of a few texts, or the default. @throws InvalidOptionError that lists them. */
export function choiceOption<T extends string>(
  name: string,
  value: unknown,
  choices: readonly T[],
  defaultValue: T,
): T {
  if (value === undefined) return defaultValue;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const listed = choices.map((candidate) => `'${candidate}'`).join(', ');
  throw new InvalidOptionError(
    `Expected \`${name}\` to be one of ${listed}, got ${shownOption(value)}`,
  );
}

export function functionOption<T>(name: string, value: T | undefined): T | undefined {
  if (value === undefined || typeof value === 'function') return value;
  throw new InvalidOptionError(`Expected \`${name}\` to be a function, got ${shownOption(value)}`);
}

/** @throws InvalidOptionError for what cannot make a meter. */
export function meterProviderOption(
  name: string,
  value: MeterProvider | undefined,
): MeterProvider | undefined {
  if (value === undefined || typeof objectProperty(value, 'getMeter') === 'function') return value;
  throw new InvalidOptionError(
    `Expected \`${name}\` to be a meter provider, which has \`getMeter\`, got ${shownOption(value)}`,
  );
}

/** @throws InvalidOptionError unless the options as a whole are an object. */
export function checkOptionsObject(options: unknown, withWhat: string): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new InvalidOptionError(
    `Expected the options to be an object${withWhat === '' ? '' : ` with ${withWhat}`}, got ${shownOption(options)}`,
  );
}

export function booleanOption(name: string, value: unknown, defaultValue: boolean): boolean {
  if (value === undefined) return defaultValue;
  if (typeof value === 'boolean') return value;
  throw new InvalidOptionError(
    `Expected \`${name}\` to be true or false, got ${shownOption(value)}`,
  );
}
