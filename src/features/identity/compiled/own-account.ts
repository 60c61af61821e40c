// Takes the own account's id out of a policy, so that the same policy rolled out to a thousand accounts is one document.

/**
 * Stands for the account that a document belongs to. It has the shape of an account id, also as a JSON number, so that
 * a document parses the same with it.
 */
export const ownAccount = '999999999999';

/**
 * The text with the account's id replaced. Exactly reversible by `withAccount`, also on any string of the parsed
 * document and whatever the digits meant. A text for which that is not certain (it holds the stand-in, or the digits may
 * be part of an escape or of a number that loses precision) is returned as it is, and `abstracted` is false.
 */
export function withoutAccount(text: string, account: string): { text: string; abstracted: boolean } {
  const same = { text, abstracted: false };
  if (!text.includes(account) || text.includes(ownAccount)) return same;
  if (text.includes('\\u') || /\d{16}/.test(text)) return same;
  const replaced = text.replaceAll(account, ownAccount);
  // Digits on either side could join with the stand-in's into another occurrence of it.
  return replaced.replaceAll(ownAccount, account) === text ? { text: replaced, abstracted: true } : same;
}

/** A part of an abstracted document as it reads in an account. */
export function withAccount(text: string, account: string): string {
  return text.includes(ownAccount) ? text.replaceAll(ownAccount, account) : text;
}
