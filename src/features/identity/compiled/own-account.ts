// Takes the own account's id out of a policy, so that the same policy rolled out to a thousand accounts is one document.

/**
 * Stands for the account that a document belongs to. It has the shape of an account id, also as a JSON number, so that
 * a document parses the same with it.
 */
export const ownAccount = '999999999999';

/** The text with the account's id replaced; undefined when there is none, or when the text holds the stand-in itself. */
export function withoutAccount(text: string, account: string): string | undefined {
  return text.includes(account) && !text.includes(ownAccount) ? text.replaceAll(account, ownAccount) : undefined;
}

/**
 * True when every stand-in in a text that `withoutAccount` made is turned back by `withAccount`, on any string of the
 * parsed document and whatever the digits meant. It is not certain where the digits may be part of an escape or of a
 * number that loses precision, and where more digits join them.
 */
export function isReversible(abstracted: string): boolean {
  return !abstracted.includes('\\u') && !/\d{13}/.test(abstracted);
}

/** A part of an abstracted document as it reads in an account. */
export function withAccount(text: string, account: string): string {
  return text.includes(ownAccount) ? text.replaceAll(ownAccount, account) : text;
}
