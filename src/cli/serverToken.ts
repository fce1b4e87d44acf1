import { randomBytes } from 'node:crypto';
import { isMachineShared } from '../embedded/sharedMachine.ts';

/** When a server asks for a token that nobody gave: `auto` is where other people use the machine. */
export const TOKEN_MODES = ['auto', 'token', 'none'] as const;
export type TokenMode = (typeof TOKEN_MODES)[number];

export function isTokenMode(text: string): text is TokenMode {
  return (TOKEN_MODES as readonly string[]).includes(text);
}

export function wantsToken(mode: TokenMode): boolean {
  return mode === 'token' || (mode === 'auto' && isMachineShared());
}

/** bytes of randomness */
const TOKEN_SIZE = 32;
const MADE_HERE = /^[\w-]{43}$/;

/**
 * A token that nobody can guess.
 * @param before that of a server of the same store which ended without a word: the programs that logged to it go on.
 */
export function makeToken(before?: string): string {
  return before !== undefined && MADE_HERE.test(before) ? before : randomBytes(TOKEN_SIZE).toString('base64url');
}
