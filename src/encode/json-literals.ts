import { ReadyBytes } from './ready-bytes.ts';

export const TRUE: ReadyBytes = ReadyBytes.ofText('true');
export const FALSE: ReadyBytes = ReadyBytes.ofText('false');
export const NULL: ReadyBytes = ReadyBytes.ofText('null');
