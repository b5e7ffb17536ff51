const START = /^\{"FailedPutCount":0,(?:"Encrypted":(?:true|false),)?"RequestResponses":\[/u;
const START_BYTES = 80;
const ENTRY: Uint8Array = Buffer.from('{"RecordId":"');

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

/**
 * True for the answer as the service writes it when all is stored: none failed, and for each record an id and
 * nothing else. It takes a fifth of the time of `JSON.parse`; any other answer has to be parsed.
 */
export function tellsAllStored(answer: Buffer, recordCount: number): boolean {
  const [start] = START.exec(answer.toString('latin1', 0, START_BYTES)) ?? [];
  if (start === undefined || answer.includes(BACKSLASH)) return false;
  let position = start.length;
  for (let left = recordCount; left > 0; left -= 1) {
    if (!startsEntry(answer, position)) return false;
    const idStart = position + ENTRY.length;
    const idEnd = answer.indexOf(QUOTE, idStart);
    if (idEnd <= idStart || answer[idEnd + 1] !== CLOSE_OBJECT) return false;
    if (answer[idEnd + 2] !== (left === 1 ? CLOSE_LIST : COMMA)) return false;
    position = idEnd + 3;
  }
  return answer[position] === CLOSE_OBJECT && answer.length === position + 1;
}

function startsEntry(answer: Buffer, position: number): boolean {
  for (let index = 0; index < ENTRY.length; index += 1) {
    if (answer[position + index] !== ENTRY[index]) return false;
  }
  return true;
}
