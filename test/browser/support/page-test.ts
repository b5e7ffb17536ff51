import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject, type TestAPI, test } from 'vitest';
import { BROWSER_PATH } from './browser-path.ts';

/** The demo's page, and what it did that it should not have done. */
export interface OpenPage {
  readonly page: Page;
  readonly errors: readonly string[];
  /** Hosts that were asked for anything. */
  readonly hosts: ReadonlySet<string>;
}

interface Fixtures {
  /** One for each file, with a new profile. */
  readonly browser: Browser;
  /** Opens the page, to its first state; closed when the test ends. */
  readonly open: (options?: BrowserContextOptions) => Promise<OpenPage>;
  /** One for each file: what does not begin with a page of its own goes on with this. */
  readonly page: Page;
}

/** A test with pages of its own. */
export const pageTest: TestAPI<Fixtures> = test.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  open: async ({ browser }, use) => {
    const opened: Page[] = [];
    await use(async (options) => {
      const page = await browser.newPage(options);
      opened.push(page);
      return openDemo(page);
    });
    await Promise.all(opened.map((page) => page.close()));
  },
  page: [
    async ({ browser }, use) => {
      const { page } = await openDemo(await browser.newPage());
      await use(page);
      await liftFaults(page);
    },
    { scope: 'file' },
  ],
});

/** What a test that failed left switched on must not be in the way of the next file. */
async function liftFaults(page: Page): Promise<void> {
  for (const box of await page.locator('main input:checked, #network:checked').all()) {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await box.dispatchEvent('click');
    await answered;
  }
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: BROWSER_PATH,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Root has no sandbox; it sees no page but ours.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

async function openDemo(page: Page): Promise<OpenPage> {
  const errors: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(inject('pageUrl'));
  await page.getByText('Live.').waitFor();
  return { page, errors, hosts };
}
