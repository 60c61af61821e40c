// Tells a secret from something that only points to one or stands for one.

/** Forms in which a value refers to a secret kept elsewhere, or is a placeholder. */
const references: readonly RegExp[] = [
  // Variables, substitutions and templates: $X, ${X}, $(…), %X%, {{…}}, <%…%>, <password>, [password]
  /^\\?\$|^%[^%]+%$|^\{\{|^\{[A-Za-z_][\w.-]*\}$|^<.*>?$|^\[.*\]?$|^`/,
  // Services that keep secrets
  /^arn:|^\{?resolve:|^(?:aws-)?ssm:|^secretsmanager:|^secretref:|^vault:|^op:\/\/|^kms:|^projects\/[^/]+\/secrets\//i,
  // Code that gets the value from elsewhere
  /^(?:process\.env|os\.(?:environ|getenv)|system\.getenv|env|var|local|config|self|this|settings|data|module|params|request|ctx|context|args|options)[.[(]/i,
  /^!(?:Ref|Sub|GetAtt|ImportValue|Join)$/,
  // Nothing, or a switch
  /^(?:true|false|null|none|nil|undefined|disabled|enabled|required|optional|default|not[_-]?set|unset)$/i,
  // Placeholders
  /^(?:x+|\*+|\.+|-+|#+|_+)$/i,
  /^(?:your|my|the|some|enter|insert|replace)[_-](?:[a-z]+[_-])*(?:password|passwd|secret|token|key|here|me)(?:[_-]here)?$/i,
  // Files and names in a hierarchy, all in lower case: /app/prod/password, certs/server.key
  /^(?:\.{0,2}\/)?[a-z][a-z0-9_.-]*(?:\/[a-z][a-z0-9_.-]*)+$/,
  /^(?:https?|file|s3):\/\//i,
  /^[\w./~-]+\.(?:json|pem|key|crt|cer|p12|pfx|jks|ya?ml|txt|cfg|conf|ini|env)$/i,
];

/**
 * True when a value is no secret itself.
 * @param next the character after the value: a call such as `getSecret(` is code, not a value.
 */
export function isReference(value: string, next: string): boolean {
  return next === '(' || references.some((form) => form.test(value));
}

/** How far back the beginning of an ARN is looked for: partition, service, region, account and the names of a secret. */
const arnReach = 700;

/** True when the text at `from` is part of an ARN: `…:secret:app/db-AbCdEf` names a secret, and assigns none. */
export function isInArn(text: string, from: number): boolean {
  const before = text.slice(Math.max(0, from - arnReach), from);
  const at = before.lastIndexOf('arn:aws');
  return at !== -1 && /^arn:aws[a-z-]*:[^\s"'<>,;&|=]*$/.test(before.slice(at));
}

/** Shannon entropy in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How many of lower case, upper case and digits a text mixes. */
export function characterClasses(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/].filter((form) => form.test(text)).length;
}
