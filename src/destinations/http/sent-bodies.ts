import type { Socket } from 'node:net';

interface Sending {
  readonly socket: Socket;
  readonly count: number;
}

/** Knows of bodies that went over our own connections whether the process still holds them. */
export class SentBodies {
  /** By the memory of a body and its place there. */
  readonly #sendings = new WeakMap<ArrayBufferLike, Map<number, Sending>>();

  /** Sees what is written to a connection that nobody has written to yet. */
  watch(socket: Socket): void {
    const { write } = socket;
    socket.write = (...args: unknown[]): boolean => {
      const [chunk] = args;
      if (ArrayBuffer.isView(chunk)) this.#note(chunk, socket);
      return Reflect.apply(write, socket, args) === true;
    };
  }

  /**
   * Asked once, after the answer: true when the body was sent once and the system has all of it, so that nobody
   * reads its memory any more. False in doubt.
   */
  hasLeft(body: Uint8Array): boolean {
    const inMemory = this.#sendings.get(body.buffer);
    const sending = inMemory?.get(body.byteOffset);
    inMemory?.delete(body.byteOffset);
    return sending?.count === 1 && sending.socket.writableLength === 0;
  }

  #note({ buffer, byteOffset }: ArrayBufferView, socket: Socket): void {
    const inMemory = this.#sendings.get(buffer) ?? new Map<number, Sending>();
    this.#sendings.set(buffer, inMemory);
    inMemory.set(byteOffset, { socket, count: (inMemory.get(byteOffset)?.count ?? 0) + 1 });
  }
}
