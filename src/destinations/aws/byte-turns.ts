import { ownTurn } from './own-turn.ts';

/** About a millisecond of writing base64. */
export const BYTES_A_TURN: number = 1024 * 1024;

/** Parts the making of a long body: what does not fit one turn of the event loop goes on in another. */
export class ByteTurns {
  #bytesInTurn = 0;

  /** False when so many bytes are for the next turn; a piece that is larger has one for itself. */
  hasRoomFor(bytes: number): boolean {
    return this.#bytesInTurn === 0 || this.#bytesInTurn + bytes <= BYTES_A_TURN;
  }

  add(bytes: number): void {
    this.#bytesInTurn += bytes;
  }

  async next(): Promise<void> {
    await ownTurn();
    this.#bytesInTurn = 0;
  }
}
