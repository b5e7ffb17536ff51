import { describe, type ExpectStatic } from 'vitest';
import { destinations } from '../../examples/demo/destinations.ts';
import { Card, type Counts } from './support/card.ts';
import { pageTest as test } from './support/page-test.ts';

/** All is well, as the page says. */
async function delivering(card: Card, expect: ExpectStatic): Promise<Counts> {
  await expect.poll(() => card.state()).toBe('delivering');
  return card.counts();
}

/** As much is delivered as was logged until now, and all is well. */
async function caughtUp(card: Card, expect: ExpectStatic): Promise<void> {
  const logged = await card.count('logged');
  await expect.poll(() => card.count('delivered')).toBeGreaterThanOrEqual(logged);
  await expect.poll(() => card.state()).toBe('delivering');
}

describe.concurrent('a fault of one destination, while others have theirs:', () => {
  test('throttle: it sends again and catches up, with nothing dropped', async ({
    expect,
    page,
  }) => {
    const card = new Card(page, 'sqs');
    const before = (await delivering(card, expect))['retried'] ?? Number.NaN;
    await card.toggle('Throttle');
    await expect.poll(() => card.count('retried')).toBeGreaterThan(before);
    await expect.poll(() => card.state()).toMatch(/retrying|failing/u);
    await card.toggle('Throttle');
    await caughtUp(card, expect);
    expect(await card.count('dropped')).toBe(0);
  });

  test('outage: the disk fills while others go on, and empties afterwards', async ({
    expect,
    page,
  }) => {
    const card = new Card(page, 'cloudwatch-logs');
    const other = new Card(page, 'http');
    await delivering(card, expect);
    await card.toggle('Outage');
    await expect.poll(() => card.state()).toBe('failing');
    const { delivered, spooled = 0 } = await card.counts();
    const deliveredElsewhere = await other.count('delivered');
    await expect.poll(() => card.count('spooled')).toBeGreaterThan(spooled);
    await expect.poll(() => other.count('delivered')).toBeGreaterThan(deliveredElsewhere);
    expect(await card.counts()).toMatchObject({ delivered, dropped: 0 });
    expect(await card.count('spooledBytes')).toBeGreaterThan(0);
    expect(await card.checks()).toEqual(['✓ adds up', '✓ adds up']);
    expect(await card.list('Requests').first().innerText()).toContain('503');
    await card.toggle('Outage');
    await caughtUp(card, expect);
    expect(await card.count('dropped')).toBe(0);
  });

  test('partial failure: only the entries that failed are sent again, and none twice', async ({
    expect,
    page,
  }) => {
    const card = new Card(page, 'firehose');
    const before = (await delivering(card, expect))['retried'] ?? Number.NaN;
    await card.toggle('Partial failure');
    await expect.poll(() => card.count('retried')).toBeGreaterThan(before);
    await card.toggle('Partial failure');
    await caughtUp(card, expect);
    const surplus = async (): Promise<number> => {
      const { arrived = 0, delivered = 0 } = await card.counts();
      return arrived - delivered;
    };
    await expect.poll(surplus).toBe(0);
    expect(await card.count('dropped')).toBe(0);
  });

  test('slow: records wait for their answer, and arrive', async ({ expect, page }) => {
    const card = new Card(page, 'http');
    const before = (await delivering(card, expect))['delivered'] ?? Number.NaN;
    await card.toggle('Slow');
    const waiting = async (): Promise<number> => {
      const { inFlight = 0, spooled = 0 } = await card.counts();
      return inFlight + spooled;
    };
    await expect.poll(waiting).toBeGreaterThan(0);
    await expect.poll(() => card.count('delivered')).toBeGreaterThan(before);
    await card.toggle('Slow');
    await caughtUp(card, expect);
    expect(await card.count('dropped')).toBe(0);
  });

  test('receiver stopped: what nobody takes waits on disk, and goes when it is back', async ({
    expect,
    page,
  }) => {
    const card = new Card(page, 'zeromq');
    await delivering(card, expect);
    await card.toggle('Receiver stopped');
    await expect.poll(() => card.state()).toBe('failing');
    expect(await card.count('spooled')).toBeGreaterThan(0);
    await card.toggle('Receiver stopped');
    await caughtUp(card, expect);
    expect(await card.count('dropped')).toBe(0);
  });

  test('refuse for good: what is dropped is told with its reason, and adds up', async ({
    expect,
    page,
  }) => {
    const card = new Card(page, 'kinesis');
    await card.toggle('Refuse for good');
    await expect.poll(() => card.list('Dropped').count()).toBeGreaterThan(0);
    expect(await card.list('Dropped').first().innerText()).toMatch(/\d+ rejected/u);
    expect(await card.count('dropped')).toBeGreaterThan(0);
    expect(await card.checks()).toEqual(['✓ adds up', '✓ adds up']);
    await card.toggle('Refuse for good');
    await expect.poll(() => card.state()).toBe('delivering');
  });
});

test('network down: AWS and HTTP fail together, ZeroMQ goes on', async ({ expect, page }) => {
  const network = page.getByRole('checkbox', { name: 'Network down' });
  const cut = destinations
    .filter(({ name }) => name !== 'zeromq')
    .map(({ name }) => new Card(page, name));
  for (const card of cut) await delivering(card, expect);
  await network.check();
  for (const card of cut) await expect.poll(() => card.state()).toBe('failing');
  expect(await new Card(page, 'zeromq').state()).toBe('delivering');
  await network.uncheck();
  for (const card of cut) await caughtUp(card, expect);
});
