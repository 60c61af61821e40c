// Takes the own account's id out of a policy, so that the same policy rolled out to a thousand accounts is one document.

/**
 * Stands for the account that a document belongs to. It has the shape of an account id, so that a document parses the
 * same with it; AWS gives it to nobody.
 */
export const ownAccount = '000000000000';

/**
 * The text with the account's id replaced. Exactly reversible by `withAccount`, whatever the digits meant: a text that
 * holds the stand-in already, or no id to replace, is returned as it is and `abstracted` is false.
 */
export function withoutAccount(text: string, account: string): { text: string; abstracted: boolean } {
  if (!text.includes(account) || text.includes(ownAccount)) return { text, abstracted: false };
  const replaced = text.replaceAll(account, ownAccount);
  // Digits on both sides could join with the stand-in's into a second occurrence, which would not be reversible.
  if (replaced.replaceAll(ownAccount, account) !== text) return { text, abstracted: false };
  return { text: replaced, abstracted: true };
}

/** A part of an abstracted document as it reads in an account. */
export function withAccount(text: string, account: string): string {
  return text.includes(ownAccount) ? text.replaceAll(ownAccount, account) : text;
}
