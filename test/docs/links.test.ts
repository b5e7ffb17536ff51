import { describe, expect, it } from 'vitest';
import { changelog, documents } from './support/document.ts';
import { wrongHosts } from './support/wrong-hosts.ts';
import { wrongLinks } from './support/wrong-links.ts';
import { wrongPaths } from './support/wrong-paths.ts';

describe.each([...documents, changelog])('$path', (document) => {
  it('links to files and headings that are there', () => {
    expect(wrongLinks(document)).toEqual([]);
  });

  it('links to known hosts, without TLS to examples only', () => {
    expect(wrongHosts(document)).toEqual([]);
  });
});

it.each(documents)('$path names files and folders that are there', (document) => {
  expect(wrongPaths(document)).toEqual([]);
});

describe('what is wrong is told with its line and what was likely meant:', () => {
  it('a link', () => {
    const text =
      'See [one\npage](deliverry.md), [two](delivery.md#what-happens-wen)\nand [three](#here).';
    expect(wrongLinks({ path: 'docs/x.md', text })).toEqual([
      'docs/x.md:2 leads to docs/deliverry.md, which is not there; the closest is docs/delivery.md',
      'docs/x.md:2 leads to #what-happens-wen, no heading of docs/delivery.md; the closest is what-happens-when',
      'docs/x.md:3 leads to #here, no heading of docs/x.md',
    ]);
  });

  it('a link that differs in capitals only, or leads to what a build makes', () => {
    const text = '<img src="docs/Http.md"> [built](dist/index.mjs)';
    expect(wrongLinks({ path: 'x.md', text })).toEqual([
      'x.md:1 leads to docs/Http.md, which is not there; the closest is docs/http.md',
      expect.stringContaining('x.md:1 leads to dist/index.mjs, which is not there'),
    ]);
  });

  it('a host', () => {
    const text =
      'https://example.com http://127.0.0.1:80/x\nhttp://aws.amazon.com https://doc.aws.amazon.com/a';
    expect(wrongHosts({ path: 'x.md', text })).toEqual([
      'x.md:2 names http://aws.amazon.com, which is no example',
      'x.md:2 names doc.aws.amazon.com, a host that is not on the list; the closest is docs.aws.amazon.com',
    ]);
  });

  it('a path', () => {
    const text =
      '`src/sent`\n`src/destinations/<name>/<name>-limit.ts`\n```\nnode\nnode bench/zeromqq.ts\n```';
    expect(wrongPaths({ path: 'x.md', text })).toEqual([
      'x.md:1 names src/sent, which is not there; the closest is src/send',
      expect.stringContaining('x.md:2 names src/destinations/<name>/<name>-limit.ts'),
      'x.md:5 names bench/zeromqq.ts, which is not there; the closest is bench/zeromq.ts',
    ]);
  });
});
