import { expect, test } from 'vitest';
import { fairMemory } from '../../src/exporter/fair-memory.ts';
import { MemoryBudget } from '../../src/exporter/memory-budget.ts';

const laneOf = (target: string, isResponsive = true) => ({
  target,
  lane: { isResponsive: () => isResponsive },
  overShareSinceMillis: undefined,
});

const beside = (isWell: boolean) => ({ hasResponsiveOther: () => isWell });
const BESIDE_WELL = beside(true);
const BESIDE_DEAD = beside(false);

const budget = (held: Readonly<Record<string, number>>): MemoryBudget<string> => {
  const memory = new MemoryBudget<string>(100, () => {});
  for (const [target, bytes] of Object.entries(held)) memory.take(target, bytes);
  return memory;
};

test('a target takes memory while it holds no more than is left for all', () => {
  expect(fairMemory(laneOf('a'), budget({ a: 50 }), 0, BESIDE_WELL)).toBe('take');
});

test('a target that answers waits for a moment when it holds more than its share', () => {
  expect(fairMemory(laneOf('a'), budget({ a: 51 }), 0, BESIDE_WELL)).toBe('wait');
});

test('a target that does not answer is refused at once when it holds more than its share', () => {
  expect(fairMemory(laneOf('a', false), budget({ a: 51 }), 0, BESIDE_WELL)).toBe('refuse');
});

test('a target that has held more than its share for a second is refused until it has caught up', () => {
  const lane = laneOf('a');
  const memory = budget({ a: 51 });
  expect(fairMemory(lane, memory, 0, BESIDE_WELL)).toBe('wait');
  expect(fairMemory(lane, memory, 999, BESIDE_WELL)).toBe('wait');
  expect(fairMemory(lane, memory, 1000, BESIDE_WELL)).toBe('refuse');
  memory.release('a', 10);
  expect(fairMemory(lane, memory, 1001, BESIDE_WELL)).toBe('refuse');
  memory.release('a', 10);
  expect(fairMemory(lane, memory, 1002, BESIDE_WELL)).toBe('take');
  memory.take('a', 20);
  expect(fairMemory(lane, memory, 1003, BESIDE_WELL)).toBe('wait');
});

test('a target that answers is not refused for the sake of others that do not', () => {
  const lane = laneOf('a');
  const memory = budget({ a: 51 });
  expect(fairMemory(lane, memory, 0, BESIDE_DEAD)).toBe('wait');
  expect(fairMemory(lane, memory, 60_000, BESIDE_DEAD)).toBe('wait');
  expect(fairMemory(lane, memory, 60_001, BESIDE_WELL)).toBe('refuse');
});

test('while no target answers, none is refused before ten seconds', () => {
  const lane = laneOf('a', false);
  const memory = budget({ a: 51 });
  expect(fairMemory(lane, memory, 0, BESIDE_DEAD)).toBe('wait');
  expect(fairMemory(lane, memory, 9_999, BESIDE_DEAD)).toBe('wait');
  expect(fairMemory(lane, memory, 10_000, BESIDE_DEAD)).toBe('refuse');
});

test('what one target holds does not count against another', () => {
  expect(fairMemory(laneOf('b'), budget({ a: 60, b: 10 }), 0, BESIDE_WELL)).toBe('take');
});
