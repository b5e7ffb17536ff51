import { readFileSync } from 'node:fs';
import { describe, inject } from 'vitest';
import { destinations } from '../../examples/demo/destinations.ts';
import { Card } from './support/card.ts';
import { pageTest as test } from './support/page-test.ts';

const NAMES = destinations.map(({ name }) => name);

test('loads without an error, and asks nobody but the demo', async ({ expect, open }) => {
  const { errors, hosts, page } = await open();
  await expect.poll(() => new Card(page, 'zeromq').count('delivered')).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  expect([...hosts]).toEqual([new URL(inject('pageUrl')).host]);
});

describe.concurrent('every destination', () => {
  test.for(NAMES)('%s shows logs as they arrive, and requests', async (name, { expect, page }) => {
    const card = new Card(page, name);
    const logs = card.list('Log records that arrived');
    await expect.poll(() => logs.count()).toBeGreaterThan(0);
    const newest = await logs.first().innerText();
    await expect.poll(() => logs.first().innerText()).not.toBe(newest);
    expect(await logs.count()).toBeLessThanOrEqual(40);
    const request = card
      .list('Requests')
      .filter({ hasText: /200|taken/u })
      .first();
    const text = await request.innerText();
    expect(text).toMatch(/\d+ entries, [\d,]+ bytes/u);
    expect(text.includes('% full')).toBe(name !== 'zeromq');
    // CloudWatch Logs refuses the first request of a log group that does not exist yet, and is asked again.
    await expect.poll(() => card.state()).toBe('delivering');
  });

  test.for(NAMES)('%s has an account that adds up', async (name, { expect, page }) => {
    const {
      arrived,
      delivered,
      dropped,
      exported,
      inFlight,
      logged,
      lostInQueue,
      queued,
      spooled,
    } = await new Card(page, name).counts();
    expect(logged).toBeGreaterThan(0);
    expect(logged).toBe(sum(queued, lostInQueue, exported));
    expect(exported).toBe(sum(delivered, dropped, spooled, inFlight));
    expect(await new Card(page, name).checks()).toEqual(['✓ adds up', '✓ adds up']);
    expect(arrived).toBeGreaterThan(0);
  });
});

test('shows what a record holds as text, never as markup', async ({ expect, open }) => {
  const { errors, page } = await open();
  const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
  const response = await fetch(receiverUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      timestamp: '<i>now</i>',
      severity_text: '"><script>alert(1)</script>',
      body: markup,
      attributes: { [markup]: markup },
    }),
  });
  expect(response.status).toBe(200);
  const log = new Card(page, 'http').list('Log records').filter({ hasText: 'onerror' });
  await log.waitFor();
  expect(await log.innerText()).toContain(markup);
  expect(await log.locator('img, script, i').count()).toBe(0);
  const directions = await log
    .locator('b, span')
    .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).unicodeBidi));
  expect(new Set(directions)).toEqual(new Set(['isolate']));
  expect(await page.title()).toBe('collectorless demo');
  expect(errors).toEqual([]);
});

test('can be used by keyboard alone, and every control says what it is', async ({
  expect,
  page,
}) => {
  const card = new Card(page, 'http');
  await card.list('Log records').first().waitFor();
  const controls = page.locator('input, .scroll');
  const reached = new Set<string>();
  for (let key = 0; key < (await controls.count()); key += 1) {
    await page.keyboard.press('Tab');
    const [label = ''] = (await page.locator(':focus').ariaSnapshot()).split('\n');
    reached.add(label.replaceAll("'", ''));
  }
  // Each has a role and a name of its own, but the switches of the same fault.
  const labels = [...reached];
  expect(labels.filter((label) => !/^- (slider|checkbox|region) ".+"/u.test(label))).toEqual([]);
  for (const label of ['slider "Requests', 'checkbox "Network down"', 'region "Dropped: http"']) {
    expect(labels.some((reachedLabel) => reachedLabel.startsWith(`- ${label}`))).toBe(true);
  }

  const slow = card.switchOf('Slow');
  for (const isOn of [true, false]) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/fault'));
    await slow.focus();
    await page.keyboard.press('Space');
    expect((await answered).status()).toBe(204);
    // A page that comes anew finds what is switched.
    await page.reload();
    await expect.poll(() => slow.isChecked()).toBe(isOn);
  }
});

test('changes the traffic to the service', async ({ expect, page }) => {
  const rate = page.getByRole('slider');
  const answered = page.waitForResponse((response) => response.url().endsWith('/rate'));
  await rate.focus();
  await page.keyboard.press('Home');
  expect((await answered).status()).toBe(204);
  await page.reload();
  await expect.poll(() => page.locator('#rate-shown').innerText()).toBe('0');
  await expect.poll(() => new Card(page, 'http').state()).toBe('idle');
  await rate.fill('8');
  await expect.poll(() => new Card(page, 'http').state()).toBe('delivering');
});

test('holds the lists still when it is asked to, and finds everything afterwards', async ({
  expect,
  page,
}) => {
  const card = new Card(page, 'sqs');
  const newest = card.list('Log records').first();
  await newest.waitFor();
  const hold = page.getByRole('checkbox', { name: 'Hold the lists still' });
  await hold.check();
  const held = await newest.innerText();
  const before = await card.count('arrived');
  await expect.poll(() => card.count('arrived')).toBeGreaterThan(before);
  expect(await newest.innerText()).toBe(held);
  await hold.uncheck();
  await expect.poll(() => newest.innerText()).not.toBe(held);
});

test.for(['light', 'dark'] as const)(
  'is readable on a telephone, in %s',
  async (colorScheme, { expect, open }) => {
    const viewport = { width: 360, height: 700 };
    const { page } = await open({ colorScheme, viewport });
    await new Card(page, 'zeromq').list('Requests').first().waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(viewport.width);
    const [text, background] = await Promise.all(
      ['color', 'background-color'].map((property) =>
        page.evaluate(`getComputedStyle(document.body).getPropertyValue('${property}')`),
      ),
    );
    expect(brightness(text) > brightness(background)).toBe(colorScheme === 'dark');
  },
);

/** Where the demo's app sends over HTTP. */
function receiverUrl(): string {
  const [, path = ''] = /(\S+settings\.sh)/u.exec(inject('commands').join('\n')) ?? [];
  const settings = readFileSync(path, 'utf8');
  const [, url = ''] = /OTEL_EXPORTER_HTTP_LOGS_URL='(http:\/\/[\d.:]+)/u.exec(settings) ?? [];
  return url;
}

function brightness(color: unknown): number {
  const [red = Number.NaN, green = 0, blue = 0] = (String(color).match(/\d+/gu) ?? []).map(Number);
  return red + green + blue;
}

function sum(...counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? Number.NaN), 0);
}
