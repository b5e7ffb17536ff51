import type { Socket } from 'node:net';

/** Knows of bodies that went over our own connections whether the process still holds them. */
export class SentBodies {
  readonly #sendings = new WeakMap<ArrayBufferLike, { readonly socket: Socket; count: number }>();

  /** Sees what is written to a connection that nobody has written to yet. */
  watch(socket: Socket): void {
    const { write } = socket;
    socket.write = (...args: unknown[]): boolean => {
      const [chunk] = args;
      if (ArrayBuffer.isView(chunk)) this.#note(chunk.buffer, socket);
      return Reflect.apply(write, socket, args) === true;
    };
  }

  /**
   * Asked once, after the answer: true when the body was sent once and the system has all of it, so that nobody
   * reads its memory any more. False in doubt.
   */
  hasLeft(body: Uint8Array): boolean {
    const sending = this.#sendings.get(body.buffer);
    this.#sendings.delete(body.buffer);
    return sending?.count === 1 && sending.socket.writableLength === 0;
  }

  #note(memory: ArrayBufferLike, socket: Socket): void {
    const count = (this.#sendings.get(memory)?.count ?? 0) + 1;
    this.#sendings.set(memory, { socket, count });
  }
}
