import { describe, expect, it } from 'vitest';
import { AnswerHeaders } from '../../../src/destinations/http/answer-headers.ts';
import { ask } from './support/ask.ts';

/** As undici gives them. */
const headersOf = (...texts: string[]): AnswerHeaders =>
  new AnswerHeaders(texts.map((text) => Buffer.from(text, 'latin1')));

describe('the headers of an answer', () => {
  it('are found whatever case the server writes them in', () => {
    expect(headersOf('RETRY-After', '7').valuesOf('retry-after')).toEqual(['7']);
  });

  it('have no value when the server sends none', () => {
    expect(headersOf('Date', 'x').valuesOf('retry-after')).toEqual([]);
  });

  it('have all values of a name in their order', () => {
    const headers = headersOf('X-A', '1', 'date', 'x', 'x-a', '2', 'X-a', '3');
    expect(headers.valuesOf('x-a')).toEqual(['1', '2', '3']);
    expect(headers.joined()).toEqual({ 'x-a': '1, 2, 3', date: 'x' });
  });

  it('have a character for each byte beyond ASCII', () => {
    expect(headersOf('x-a', '\xe4\xff').joined()).toEqual({ 'x-a': '\xe4\xff' });
  });

  it('may be texts, and lists of values', () => {
    const headers = new AnswerHeaders(['X-A', ['1', '2'], 'x-b', [Buffer.from('3')], 'x-c', []]);
    expect(headers.joined()).toEqual({ 'x-a': '1, 2', 'x-b': '3', 'x-c': '' });
  });

  it('may be called like a property of every object', () => {
    const headers = headersOf('constructor', '1', '__proto__', '2');
    expect(headers.joined()).toEqual(
      Object.fromEntries([
        ['constructor', '1'],
        ['__proto__', '2'],
      ]),
    );
    expect(headersOf().valuesOf('constructor')).toEqual([]);
  });

  it('are those of a real answer', async () => {
    const { answer } = await ask((socket) => {
      const lines = ['Set-Cookie: a', 'X-A: \xe4', 'set-cookie: b', 'Content-Length: 0'];
      socket.write(`HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    });
    const { headers } = await answer;
    const joined = { 'set-cookie': 'a, b', 'x-a': '\xe4', 'content-length': '0' };
    expect(headers.joined()).toEqual(joined);
  });
});
