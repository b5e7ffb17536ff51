import type { Locator, Page } from 'playwright-core';

/** The numbers of a destination, as they stand on the page at one moment. */
export type Counts = Readonly<Record<string, number>>;

/** The part of the page that is about one destination. */
export class Card {
  readonly #root: Locator;

  constructor(page: Page, name: string) {
    this.#root = page.getByRole('article', { name });
  }

  switchOf(title: string): Locator {
    return this.#root.getByRole('checkbox', { name: title });
  }

  /** Without a mouse, so that several tests can use one page. */
  async toggle(title: string): Promise<void> {
    await this.switchOf(title).dispatchEvent('click');
  }

  list(name: string): Locator {
    return this.#root.getByRole('region', { name }).getByRole('listitem');
  }

  state(): Promise<string> {
    return this.#root.getByRole('status').innerText();
  }

  counts(): Promise<Counts> {
    return this.#root
      .locator('[data-field]')
      .evaluateAll((fields) =>
        Object.fromEntries(
          fields.map((field) => [
            field.getAttribute('data-field'),
            Number((field.textContent ?? '').replaceAll(',', '')),
          ]),
        ),
      );
  }

  async count(name: string): Promise<number> {
    return (await this.counts())[name] ?? Number.NaN;
  }

  /** What the page itself says of its two sums. */
  checks(): Promise<string[]> {
    return this.#root.locator('[data-check]').allInnerTexts();
  }
}
