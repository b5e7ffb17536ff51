import { describe, expect, it } from 'vitest';
import { RequestTemplate } from '../../../src/destinations/aws/request-template.ts';

class Request {
  readonly method = 'POST';
  readonly path = '/';
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array = Buffer.from('the first body');

  constructor(headers: Record<string, string> = {}, query: Record<string, string> = {}) {
    this.query = query;
    this.headers = {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': '14',
      'amz-sdk-invocation-id': 'first',
      'amz-sdk-request': 'attempt=1; max=1',
      ...headers,
    };
  }
}

describe('a request that is made again', () => {
  it('differs in its body, the length of it and its id, and is of the same kind', () => {
    const first = new Request();
    const body = Buffer.from('another body');
    const again = RequestTemplate.of(first)?.with(body);
    expect(again).toBeInstanceOf(Request);
    expect(again).toEqual(
      Object.assign(new Request(), {
        body,
        headers: {
          ...first.headers,
          'content-length': '12',
          'amz-sdk-invocation-id': expect.stringMatching(/^[\da-f-]{36}$/u),
        },
      }),
    );
  });

  it('has an id and headers of its own each time', () => {
    const template = RequestTemplate.of(new Request());
    const headersOf = (): Record<string, string> => {
      const request = template?.with(Buffer.from('x'));
      return request instanceof Request ? request.headers : {};
    };
    const ids = [1, 2].map(() => {
      const headers = headersOf();
      const id = headers['amz-sdk-invocation-id'];
      headers['authorization'] = 'signed';
      headers['amz-sdk-invocation-id'] = 'changed';
      return id;
    });
    expect(new Set(ids).size).toBe(2);
    expect(headersOf()).toHaveProperty('amz-sdk-invocation-id');
    expect(headersOf()).not.toHaveProperty('authorization');
  });

  it.each([
    ['a header that nobody knows', new Request({ 'x-amz-new': '1' })],
    ["a trace's header", new Request({ traceparent: '00-1-2-01' })],
    ['a hash already', new Request({ 'x-amz-content-sha256': 'abc' })],
    ['a second attempt', new Request({ 'amz-sdk-request': 'attempt=1; max=3' })],
    ['a query', new Request({}, { a: '1' })],
    ['no length', { query: {}, headers: { 'amz-sdk-invocation-id': 'x' } }],
    ['no headers', { query: {} }],
    ['no form at all', undefined],
  ])('is not made of one with %s', (_what, request) => {
    expect(RequestTemplate.of(request)).toBeUndefined();
  });
});
