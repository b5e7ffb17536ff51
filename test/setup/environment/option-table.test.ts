import { expect, it } from 'vitest';
import { choice } from '../../../src/manifest/kinds/choice-kind.ts';
import { number } from '../../../src/manifest/kinds/number-kind.ts';
import { text } from '../../../src/manifest/kinds/text-kind.ts';
import type { OptionTable } from '../../../src/manifest/option-table.ts';

interface Options {
  readonly size?: number;
  readonly form: 'lines' | 'array' | { readonly own: true };
  readonly group?: { readonly member?: number };
}

const size = { kind: number() };
const form = { kind: choice({ lines: true, array: true }) };
const few = choice({ lines: true });
const many = choice({ lines: true, array: true, tree: true });
const group = { members: { member: { kind: number() } } };

// The compiler is the test: each error that is expected here and does not come is one itself.
it('is a compile error when it does not match the options', () => {
  const right: OptionTable<Options> = { size, form, group };
  // @ts-expect-error an option of the interface has no row
  const rowMissing: OptionTable<Options> = { size, form };
  // @ts-expect-error a row is of no option
  const rowTooMany: OptionTable<Options> = { size, form, group, colour: { kind: text() } };
  // @ts-expect-error a member of a group has no row
  const memberMissing: OptionTable<Options> = { size, form, group: { members: {} } };
  // @ts-expect-error a kind gives another type
  const otherType: OptionTable<Options> = { size: { kind: text() }, form, group };
  // @ts-expect-error a choice leaves out what the option takes
  const choiceMissing: OptionTable<Options> = { size, form: { kind: few }, group };
  // @ts-expect-error a choice has what the option does not take
  const choiceTooMany: OptionTable<Options> = { size, form: { kind: many }, group };
  const tables = [
    right,
    rowMissing,
    rowTooMany,
    memberMissing,
    otherType,
    choiceMissing,
    choiceTooMany,
  ];
  expect(tables).toHaveLength(7);
});
