import { MsgpackReader, MsgpackTime } from '../decode/msgpack-value.ts';

/** The maps of MessagePack that follow each other, or undefined for bytes that are anything else. */
export function decodeMsgpack(bytes: Buffer): readonly unknown[] | undefined {
  if (!beginsMap(bytes[0] ?? 0)) return undefined;
  const reader = new MsgpackReader(bytes);
  const maps: unknown[] = [];
  try {
    while (reader.position < bytes.length) {
      if (!beginsMap(bytes[reader.position] ?? 0)) return undefined;
      maps.push(withTimeTexts(reader.value()));
    }
  } catch {
    // Text of another script may begin with the same byte.
    return undefined;
  }
  return maps;
}

/** fixmap, map 16, map 32 (https://github.com/msgpack/msgpack/blob/master/spec.md, "map format family"). */
function beginsMap(byte: number): boolean {
  return (byte & 0xf0) === 0x80 || byte === 0xde || byte === 0xdf;
}

/** Times as the JSON encoding has them, so that a test reads either the same way. */
function withTimeTexts(map: unknown): unknown {
  const fields = Object.entries(Object(map));
  return Object.fromEntries(
    fields.map(([key, value]) => [key, value instanceof MsgpackTime ? timeText(value) : value]),
  );
}

function timeText({ hrTime: [seconds, nanos] }: MsgpackTime): string {
  const toSeconds = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  return `${toSeconds}.${String(nanos).padStart(9, '0')}Z`;
}
